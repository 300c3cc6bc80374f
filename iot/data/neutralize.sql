-- A copy of a database must not be taken for the original by the boxes of the latter.
UPDATE iot_token
   SET revoked_at = COALESCE(revoked_at, now() AT TIME ZONE 'UTC'),
       token_hash = '',
       channel_hash = NULL;
DELETE FROM iot_tombstone;
UPDATE iot_box SET websocket_opened_at = NULL, websocket_key = NULL, websocket_server = NULL;
DELETE FROM iot_websocket_server;
-- a pairing may hold a token that is to be handed over
DELETE FROM iot_broker_pairing;
UPDATE iot_move SET state = 'cancelled' WHERE state IN ('waiting', 'checking', 'restarting');
UPDATE iot_request
   SET state = 'expired',
       reason = 'foreign_database',
       payload = NULL,
       websocket_key = NULL
 WHERE state IN ('queued', 'direct', 'sent');
DELETE FROM bus_bus WHERE channel LIKE '%,"iot.%';
-- Browsers trust the root: a copy must not sign in its name.
DELETE FROM iot_certificate_root;
-- The account, the key to the DNS zone, the certificate and its key are of the original.
DELETE FROM iot_secret;
DELETE FROM iot_wildcard;
-- It does not take the records of the original away, either.
DELETE FROM iot_address_record;
