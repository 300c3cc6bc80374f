from . import (
    iot_box,
    iot_box_notice,
    iot_device,
    pos_config,
    pos_config_association,
    pos_config_loss,
    pos_printer,
    pos_session,
    res_config_settings,
)
