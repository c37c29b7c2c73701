import type { Call, Text } from './messages.ts';

const API_VERSION = '2010-04-01';

/** A text as Twilio's Messages resource shows it. */
export function messageResource(text: Text): Record<string, unknown> {
  return {
    account_sid: text.accountSid,
    api_version: API_VERSION,
    body: text.body,
    date_created: rfc2822(text.receivedAt),
    date_sent: text.arrivedAt === null ? null : rfc2822(text.arrivedAt),
    date_updated: rfc2822(text.arrivedAt ?? text.receivedAt),
    direction: 'outbound-api',
    error_code: text.errorCode,
    error_message: null,
    from: text.from === '' ? null : text.from,
    messaging_service_sid: text.messagingServiceSid,
    num_media: '0',
    num_segments: String(Math.ceil(text.body.length / 160)),
    price: null,
    price_unit: 'USD',
    sid: text.id,
    status: text.status,
    subresource_uris: { media: `${uri(text.accountSid, 'Messages', text.id)}/Media.json` },
    to: text.to,
    uri: `${uri(text.accountSid, 'Messages', text.id)}.json`,
  };
}

/** A call as Twilio's Calls resource shows it. */
export function callResource(call: Call): Record<string, unknown> {
  return {
    account_sid: call.accountSid,
    answered_by: null,
    api_version: API_VERSION,
    caller_name: null,
    date_created: rfc2822(call.receivedAt),
    date_updated: rfc2822(call.arrivedAt ?? call.receivedAt),
    direction: 'outbound-api',
    duration: null,
    end_time: call.arrivedAt === null ? null : rfc2822(call.arrivedAt),
    forwarded_from: null,
    from: call.from,
    from_formatted: call.from,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: 'USD',
    queue_time: '0',
    sid: call.id,
    start_time: rfc2822(call.receivedAt),
    status: call.status,
    subresource_uris: {},
    to: call.to,
    to_formatted: call.to,
    trunk_sid: null,
    uri: `${uri(call.accountSid, 'Calls', call.id)}.json`,
  };
}

function uri(accountSid: string, resource: string, sid: string): string {
  return `/${API_VERSION}/Accounts/${accountSid}/${resource}/${sid}`;
}

function rfc2822(iso: string): string {
  return new Date(iso).toUTCString().replace('GMT', '+0000');
}
