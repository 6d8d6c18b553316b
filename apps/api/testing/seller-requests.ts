import type { OrganizationId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { keys } from "@ringfence/services/testing";
import { aPermit } from "@ringfence/services/testing/permits";
import type { recordForTwoSellers } from "@ringfence/services/testing/two-sellers";

export type Rows = Awaited<ReturnType<typeof recordForTwoSellers>>["shop"] & {
  organizationId: OrganizationId;
};
export type SellerRequest = { path?: string; body?: unknown; type?: string };
/**
 * Routes that return nobody's data, or that need no key: they are public or authenticated by a
 * provider's signature.
 */
const open = "open" as const;
/**
 * Routes that record an opt-out or something that belongs to no seller, and return only what they
 * were given.
 */
const ofNobody = "of nobody" as const;

/** Lists, for each route, the request by which a key asks for a seller's data. */
export const sellerRequests: Record<
  string,
  typeof open | typeof ofNobody | ((of: Rows) => SellerRequest | Promise<SellerRequest>)
> = {
  "GET /openapi.json": open,
  "GET /docs": open,
  "GET /docs/": open,
  "GET /docs/js/scalar.js": open,
  "GET /healthz": open,
  "GET /readyz": open,
  "GET /metrics": open,
  "GET /.well-known/jwks.json": open,
  "GET /ledger/checkpoint": open,
  "GET /ledger/policy": open,
  "GET *": open, // a tile of the log
  "GET /consent.js": open,
  "POST /v1/inbound/sms/twilio": open,
  "POST /v1/inbound/ivr/twilio": open,
  "POST /v1/inbound/email/mailgun": open,
  "OPTIONS /v1/forms/:form/tokens": open,
  "POST /v1/forms/:form/tokens": open,
  "OPTIONS /v1/forms/:form/submissions": open,
  "POST /v1/forms/:form/submissions": open,
  "POST /v1/inbound/disposition/:system": ofNobody,
  "POST /v1/opt-outs": ofNobody,
  "POST /v1/permits/verify": async ({ seller, phones, organizationId }) => {
    const phone = Phone.parse(phones.consent);
    return { body: { permit: await aPermit({ keys, organizationId }, { phone, seller }), phone } };
  },
  "POST /v1/contacts": ofNobody,
  "POST /v1/activities": ofNobody,
  "POST /v1/activity-types": ofNobody,
  "POST /v1/consents/:id/withdrawals": ({ consent }) => ({ path: consent.id, body: {} }),
  "GET /v1/opt-outs": () => ({}),
  "GET /v1/opt-outs.csv": () => ({}),
  "GET /v1/opt-outs/:id/certificate.json": ({ optOut }) => ({ path: optOut.id }),
  "GET /v1/opt-outs/:id/certificate.pdf": ({ optOut }) => ({ path: optOut.id }),
  "GET /v1/consents/:id/certificate.json": ({ consent }) => ({ path: consent.id }),
  "GET /v1/consents/:id/certificate.pdf": ({ consent }) => ({ path: consent.id }),
  "GET /v1/consents/:id/record.json": ({ consent }) => ({ path: consent.id }),
  "GET /v1/proofs/:id": ({ consent }) => ({ path: consent.entryId }),
  "GET /v1/scrubs/:id": ({ scrubId }) => ({ path: scrubId }),
  "GET /v1/scrubs/:id/result.csv": ({ scrubId }) => ({ path: scrubId }),
  "GET /v1/blocked-list.csv": () => ({}),
  "GET /v1/blocked-list/:edition/changes.csv": () => ({ path: "1" }),
  "GET /v1/campaigns/:key/calls": ({ seller }) => ({ path: `of-${seller}` }),
  "GET /v1/campaigns/:key/duties": ({ seller }) => ({ path: `of-${seller}` }),
  "POST /v1/screenings": ({ seller, phones }) => ({
    body: { phone: phones.consent, purpose: "marketing", seller },
  }),
  "POST /v1/screenings/batch": ({ seller, phones }) => ({
    body: { defaults: { purpose: "marketing", seller }, items: [{ phone: phones.consent }] },
  }),
  "POST /v1/scrubs": ({ seller }) => ({
    path: `?purpose=marketing&seller=${seller}`,
    body: "phone\n+12015550100\n",
    type: "text/csv",
  }),
  "POST /v1/calls": ({ seller, phones }) => ({
    body: [{ phone: phones.consent, seller, purpose: "marketing", at: "2026-03-02T15:00:00Z" }],
  }),
  "POST /v1/consents": ({ seller, phones }) => ({
    body: {
      phone: phones.consent,
      seller,
      purposes: ["marketing"],
      channels: ["voice_live"],
      source: "website_form",
      disclosure: { text: "They may call me.", language: "en" },
      obtainedAt: "2026-01-05T10:00:00Z",
      evidence: { act: "ticked" },
    },
  }),
};
