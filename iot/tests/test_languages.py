from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import const
from .alert_common import AlertCommon
from .common import DEVICES, NOW, IotCommon
from .http_common import IotHttpCommon


class LanguagesCommon(IotCommon):
    """A database that speaks French and German beside English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = ['fr_FR', 'de_DE']
        for code in codes:
            cls.env['res.lang']._activate_lang(code)
        cls.env['ir.module.module']._load_module_terms(['iot'], codes)
        cls.manager.lang = 'fr_FR'

    def speak(self, code):
        """Go on in another language, as the next request of somebody would."""
        self.env = self.env(context={**self.env.context, 'lang': code})


class TestLanguages(LanguagesCommon, AlertCommon):
    """Everybody reads their own language."""

    def test_a_form_is_in_the_language_of_its_reader(self):
        boxes = self.env['iot.box'].with_user(self.manager)
        french = boxes.with_context(lang=self.manager.lang)
        for model, restart, responsible in (
            (boxes, "Restart", "Responsible"),
            (french, "Redémarrer", "Responsable"),
        ):
            arch = model.get_view(view_type='form')['arch']
            self.assertIn(f'string="{restart}"', arch)
            self.assertEqual(model.fields_get()['responsible_id']['string'], responsible)

    def test_a_refusal_is_in_the_language_of_who_asked(self):
        box, _secret, _channel = self.connect('20000000abcd1234', DEVICES)
        devices = box.device_ids.with_user(self.manager).with_context(lang=self.manager.lang)
        box._websocket_opened('key')
        with self.assertRaisesRegex(UserError, "Débranchez un appareil avant de le supprimer"):
            devices.unlink()
        self.assertEqual(len(devices.exists()), len(DEVICES))

    def test_a_notice_is_in_the_language_of_who_gets_it(self):
        self.keeper.lang = 'de_DE'
        self.box._websocket_opened('first')
        self.box._websocket_closed('first')
        self.speak('fr_FR')
        [email], [(_channel, payload)] = self.watch(NOW + const.DEFAULT_ALERT_DELAY)
        self.assertIn("Subject: IoT-Box Kitchen ist nicht online", email['message'])
        self.assertIn("IoT-Box Kitchen ist nicht online", payload)
        self.assertIn("Kitchen, seit 02.03.26, 09:00", payload)


@tagged('post_install', '-at_install')
class TestPopupLanguage(LanguagesCommon, IotHttpCommon):
    def test_the_popup_is_told_the_words_of_its_user(self):
        for code, words in (('fr_FR', "Choisir une box IoT"), ('de_DE', "IoT-Box auswählen")):
            url = f'/web/webclient/translations?mods=iot&lang={code}'
            messages = self.url_open(url).json()['modules']['iot']['messages']
            told = {message['id']: message['string'] for message in messages}
            with self.subTest(code):
                self.assertEqual(told["Choose an IoT Box"], words)
