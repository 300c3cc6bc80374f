import json

from .common import DEVICES, PosIotCommon


class TestIotBoxNotice(PosIotCommon):
    def setUp(self):
        super().setUp()
        self.box, _secret, _channel = self.connect(devices=DEVICES)
        self.config.write(
            {'iot_box_id': self.box.id, 'iot_scale_id': self.device(self.box, 'scale').id}
        )
        self.other = self.make_config("Other")
        self.env.flush_all()

    def told(self, config):
        self.env.flush_all()
        return [
            json.loads(channel)[1]
            for channel, _message in self.notifications(
                f'{config.access_token}-IOT_DEVICES_CHANGED'
            )
        ]

    def test_tills_are_told_when_a_box_of_theirs_comes_or_goes(self):
        before = len(self.told(self.config))
        self.box._websocket_opened('first')
        after = self.told(self.config)
        self.assertGreater(len(after), before)
        self.assertEqual(set(after), {self.config.access_token})
        self.box._websocket_closed('first')
        self.assertGreater(len(self.told(self.config)), len(after))
        self.assertFalse(self.told(self.other))
