"""The tables of `iot` with the people of a point of sale in them."""

from odoo.tests import HttpCase, tagged

from odoo.addons.iot.tests import access_table as iot
from odoo.addons.iot.tests.access_common import AccessCommon
from odoo.addons.iot.tests.test_access_fields import AccessFieldsTests
from odoo.addons.iot.tests.test_access_methods import AccessMethodsTests
from odoo.addons.iot.tests.test_access_table import AccessTableTests
from odoo.addons.iot.tests.test_access_writing import AccessWritingTests
from odoo.addons.iot.tests.test_bus_audience import BusAudienceTests

from ..models.pos_config import ROLES
from .common import PosIotCommon

SELLERS = ('pos_user', 'pos_manager')
SELLER = 'point_of_sale.group_pos_user'


def also(roles_of_methods, **more):
    """Return the rows of `iot` with other roles, too."""
    return {
        name: (*roles, *more.get(name, SELLERS if roles is iot.EVERYBODY else ()))
        for name, roles in roles_of_methods.items()
    }


class PosAccessCommon(AccessCommon, PosIotCommon):
    ADDONS = ('iot', 'iot_mail', 'pos_iot')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {**cls.roles, 'pos_user': cls.pos_user, 'pos_manager': cls.pos_manager}

    def setUp(self):
        super().setUp()
        self.config.associate_iot_box(self.box.id)
        self.env.flush_all()  # as at the end of a request


@tagged('post_install', '-at_install')
class TestAccessTable(AccessTableTests, PosAccessCommon):
    allow_inherited_tests_method = True
    RIGHTS = {
        **iot.RIGHTS,
        'iot.box': {**iot.RIGHTS['iot.box'], 'pos_manager': 'r'},
        'iot.device': {**iot.RIGHTS['iot.device'], 'pos_user': 'r', 'pos_manager': 'r'},
    }


@tagged('post_install', '-at_install')
class TestAccessWriting(AccessWritingTests, PosAccessCommon):
    allow_inherited_tests_method = True
    WRITABLE_FIELDS = {
        **iot.WRITABLE_FIELDS,
        'pos.config': {'pos_manager': {'iot_box_id', *ROLES}},
        'pos.printer': {'pos_manager': {'iot_device_id', 'printer_type'}},
    }
    RESTRICTED_FIELDS = {
        'iot.box': {**iot.RESTRICTED_FIELDS['iot.box'], 'pos_config_ids': SELLER},
        'iot.device': {'pos_config_ids': SELLER},
    }

    def setUp(self):
        super().setUp()
        self.make_order_printer(self.device(self.box, 'printer'))


@tagged('post_install', '-at_install')
class TestAccessFields(AccessFieldsTests, PosAccessCommon):
    allow_inherited_tests_method = True
    SECRET_FIELDS = {
        **iot.SECRET_FIELDS,
        'pos.config': {'iot_takes_devices', 'iot_before_association'},
    }


@tagged('post_install', '-at_install')
class TestAccessMethods(AccessMethodsTests, PosAccessCommon, HttpCase):
    allow_inherited_tests_method = True
    METHODS = {
        **iot.METHODS,
        'iot.box': {
            **also(
                iot.METHODS['iot.box'],
                action_open_homepage=('pos_manager',),
                get_notices=('pos_manager',),
                relay_webrtc_offer=('pos_manager',),
                request_connection_test=('pos_manager',),
            ),
            'action_connect_to_pos': (*iot.EVERYBODY, *SELLERS),  # a popup, which asks for more
            'get_pos_choice': (*iot.OWN_USERS, 'pos_manager'),
        },
        'iot.device': also(iot.METHODS['iot.device'], request_action=SELLERS),
        'iot.request': {
            method: (*roles, *SELLERS) for method, roles in iot.METHODS['iot.request'].items()
        },
        'pos.config': {
            'action_dismiss_iot_loss': ('pos_manager',),
            'associate_iot_box': ('pos_manager',),
            'undo_iot_association': ('pos_manager',),
        },
        'res.config.settings': {
            **also(iot.METHODS['res.config.settings']),
            'action_dismiss_pos_iot_loss': (),
        },
    }
    ARGUMENTS = {**iot.ARGUMENTS, 'associate_iot_box': [0]}
    TOLD = {**iot.TOLD, 'associate_iot_box': "This IoT Box does not exist any more."}

    def target(self, model):
        return self.config if model == 'pos.config' else super().target(model)


@tagged('post_install', '-at_install')
class TestBusAudience(BusAudienceTests, PosAccessCommon):
    allow_inherited_tests_method = True
    AUDIENCE = {**BusAudienceTests.AUDIENCE, 'pos_user': set(), 'pos_manager': set()}

    def sent(self):
        """Override: the channel of a till is a secret of Point of Sale's own."""
        sent = super().sent()
        self.to_tills = [message for message in sent if self.config.access_token in message[0]]
        return [message for message in sent if message not in self.to_tills]

    def test_tills_are_told_to_ask_again_and_nothing_else(self):
        self.sent()
        payloads = [payload for _channel, _type, payload in self.to_tills]
        self.assertTrue(payloads)
        self.assertFalse(any(payloads))
