from . import box_dispatcher
from . import form_dispatcher
from . import box
from . import box_event
from . import broker
from . import device_settings
from . import handlers
from . import log
