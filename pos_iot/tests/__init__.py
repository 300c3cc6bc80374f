from . import test_iot_box_notice, test_js, test_pos_config
