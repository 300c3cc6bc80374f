import logging
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import retrying

from ..tools.box_status import ONLINE
from .failures import contained

_logger = logging.getLogger(__name__)


class IotBox(models.Model):
    """What nobody reports but time: boxes that are lost without a word, and those that are back.

    A restarting box or server is no loss: a box is lost when it has not been online for a minute.
    """

    _inherit = 'iot.box'

    lost_at = fields.Datetime(
        readonly=True, copy=False, help="When the outage began that the log tells of."
    )

    @api.model
    def _cron_watch(self):
        # boxes come and go meanwhile, each in a transaction of its own
        retrying(partial(self._watch, fields.Datetime.now()), self.env)

    @api.model
    def _watch(self, now):
        """Bring screens, log and responsible persons up to date with the status of all boxes."""
        boxes = self.search(Domain.TRUE)
        news = boxes.filtered(lambda box: box.status != box.noted_status)
        for box in news:
            box.noted_status = box.status
        if news:
            news._notify_changed()
        # those of another database do not listen here, but there
        own = boxes.filtered(lambda box: not box.is_foreign)
        own._note_outages(now)
        own._alert_outages(now)

    def _note_outages(self, now):
        """Log each outage once at its begin and once at its end."""
        for box, signs in self._get_signs().items():
            is_online = signs.status(now)[0] == ONLINE
            if (lost_at := box.lost_at) and is_online:
                with contained(self.env.cr, "IoT box %s could not be noted as back", box.id):
                    box._note_back()
                    box._log_outage(
                        logging.INFO, "IoT box %s (%s) is back, it was lost since %s UTC", lost_at
                    )
            elif not lost_at and not is_online and signs.is_lost(now):
                box.lost_at = signs.websocket_at
                box._log_outage(
                    logging.WARNING, "IoT box %s (%s) is lost since %s UTC", box.lost_at
                )

    def _log_outage(self, level, message, lost_at):
        """Log it once it is committed: until then it may be tried again."""
        args = (self.name, self.identifier, lost_at)
        self.env.cr.postcommit.add(partial(_logger.log, level, message, *args))

    def _note_back(self):
        """Note the end of the outage of a box."""
        self.lost_at = False
