import ipaddress
import logging
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain

from .. import const
from ..exceptions import AuthorityError, DnsUpdateError
from ..tools.authorities.own import is_private
from ..tools.box_address import announced_address
from ..tools.certificate_names import box_name
from ..tools.deadline import Deadline
from .cron_step import run_step

_logger = logging.getLogger(__name__)


class IotAddressRecord(models.Model):
    """An address record of a box in the DNS zone: ``192-168-1-20.<hash>.<zone>``.

    What is there is compared with what the boxes need, so that nothing is left behind whatever
    happens in between: a record is written down before it is made, and until it is removed.
    """

    _name = 'iot.address.record'
    _description = "DNS Address Record of an IoT Box"
    _allow_sudo_commands = False

    name = fields.Char(required=True, readonly=True)
    address = fields.Char(required=True, readonly=True)
    is_published = fields.Boolean(readonly=True)

    _name_unique = models.Constraint('unique (name)', "There is a DNS record of this name already.")

    @api.model
    def _wake(self):
        """See that the zone is brought up to date soon."""
        if self.env['iot.certificate.authority']._get_code() == const.ACME_AUTHORITY:
            # sudo - ir.cron: only this addon's own is woken
            self.env.ref('iot.iot_address_record_cron_publish').sudo()._trigger()

    @api.model
    def _cron_publish(self):
        """Bring the zone up to date; what fails is tried again when this runs next."""
        wanted, known = self._get_wanted(), self.search(Domain.TRUE)
        missing = wanted.keys() - set(known.mapped('name'))
        known |= self.create([{'name': name, 'address': wanted[name]} for name in sorted(missing)])
        surplus = known.filtered(lambda record: record.name not in wanted)
        unpublished = known.filtered(lambda record: not record.is_published) - surplus
        if not surplus and not unpublished:
            return
        try:
            zone = self.env['iot.acme']._get_dns_zone()
        except (AuthorityError, DnsUpdateError) as error:
            self._note_failure(error)
            return
        self.env['ir.cron']._commit_progress()
        deadline = Deadline(const.ADDRESS_RECORDS_SECONDS)
        failures = []
        # boxes wait for those that are missing, nobody for the others to go
        changes = [record._publish for record in unpublished]
        for change in changes + [record._withdraw for record in surplus]:
            try:
                run_step(partial(change, zone, deadline), self.env)
            except DnsUpdateError as error:
                failures.append(error)
            if deadline.is_over():
                break
        if failures:
            self._note_failure(failures[0])

    def _note_failure(self, error):
        _logger.info("No change of address records: %s", error.message)
        self.env['iot.certificate.event']._note(
            self.env['iot.box'], 'zone', error.message, fields.Datetime.now()
        )

    def _publish(self, zone, deadline):
        zone.set_address(self.name, self.address, deadline)
        self.is_published = True

    def _withdraw(self, zone, deadline):
        try:
            zone.remove_address(self.name, deadline)
        except DnsUpdateError as error:
            if error.code != 'not_configured':
                raise
            # the settings name another zone by now: this one is out of reach
            _logger.warning("The DNS record %s is left behind: %s", self.name, error.message)
        self.unlink()

    @api.model
    def _get_wanted(self):
        """Return the addresses of all boxes by their names, when there is a certificate for these.

        :rtype: dict[str, str]
        """
        authorities = self.env['iot.certificate.authority']
        domain = authorities._get_domain()
        certificate = self.env['iot.wildcard']._get_current()
        if authorities._get_code() != const.ACME_AUTHORITY or not certificate.not_after:
            return {}
        addresses = {
            announced_address(box.ip) for box in self.env['iot.box'].search(Domain.TRUE)
        } - {None}
        return {
            name: address
            for address in addresses
            if is_private(ipaddress.ip_address(address)) and (name := box_name(address, domain))
        }


class IotBox(models.Model):
    """The zone follows the addresses of boxes."""

    _inherit = 'iot.box'

    @api.model_create_multi
    def create(self, vals_list):
        boxes = super().create(vals_list)
        self.env['iot.address.record']._wake()
        return boxes

    def write(self, vals):
        done = super().write(vals)
        if 'ip' in vals:
            self.env['iot.address.record']._wake()
        return done

    def unlink(self):
        done = super().unlink()
        self.env['iot.address.record']._wake()
        return done
