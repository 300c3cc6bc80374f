from . import iot_device, pos_config, pos_printer, pos_session
