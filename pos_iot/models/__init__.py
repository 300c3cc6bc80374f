from . import iot_box_notice, iot_device, pos_config, pos_printer, pos_session
