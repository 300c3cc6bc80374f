from . import (
    test_access_rights,
    test_access_table,
    test_device_choice,
    test_iot_association,
    test_iot_box_notice,
    test_iot_loss,
    test_js,
    test_languages,
    test_loaded_data,
    test_pos_config,
    test_settings,
)
