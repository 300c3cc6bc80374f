from . import box_dispatcher
from . import box
from . import broker
from . import log
