from . import iot_token
from . import offline_pairing
from . import iot_connection_attempt
from . import iot_box
from . import iot_box_presence
from . import iot_device
from . import ir_websocket
from . import res_config_settings
