import type { OrganizationId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import type { Scope } from "@ringfence/core/platform/access";
import { keys } from "@ringfence/services/testing";
import { aPermit } from "@ringfence/services/testing/permits";
import type { recordForTwoSellers } from "@ringfence/services/testing/two-sellers";

export type Rows = Awaited<ReturnType<typeof recordForTwoSellers>>["shop"] & {
  organizationId: OrganizationId;
};
export type RouteRequest = { path?: string; body?: unknown; type?: string };
type CreateRequest = (of: Rows) => RouteRequest | Promise<RouteRequest>;

/** A route that asks for no API key. If something else is asked for, `guarded-routes.ts` has a case for it. */
export type OpenRoute = { isOpen: true; why: string; isGuarded: boolean };
export type KeyedRoute = {
  isOpen: false;
  /** Scopes with which a key may use it; one of them is enough. */
  scopes: readonly Scope[];
  /** False if it records an opt-out or something that belongs to no seller, and returns only what it was given. */
  isOfSeller: boolean;
  /** A request that names a seller's data. */
  request: CreateRequest;
};

const open = (why: string): OpenRoute => ({ isOpen: true, why, isGuarded: false });
const guarded = (why: string): OpenRoute => ({ isOpen: true, why, isGuarded: true });
const ofSeller = (scopes: readonly Scope[], request: CreateRequest): KeyedRoute => ({
  isOpen: false,
  scopes,
  isOfSeller: true,
  request,
});
const ofNobody = (scopes: readonly Scope[], request: CreateRequest): KeyedRoute => ({
  ...ofSeller(scopes, request),
  isOfSeller: false,
});

const byForm = "the address of a form, the origin of the page, and for a submission a token";
const bySignature = "the provider's signature instead of a key";
const ofLog = "the log is public";

/** Every route of the API, with the key and the request that it needs. */
export const routeCases: Readonly<Record<string, OpenRoute | KeyedRoute>> = {
  "GET /openapi.json": open("the documentation is public"),
  "GET /docs": open("the documentation is public"),
  "GET /docs/": open("the documentation is public"),
  "GET /docs/js/scalar.js": open("the documentation is public"),
  "GET /healthz": open("a supervisor asks it"),
  "GET /readyz": open("a supervisor asks it"),
  "GET /metrics": guarded("its own token, or a request of this host"),
  "GET /.well-known/jwks.json": open("anybody may check a permit"),
  "GET /ledger/checkpoint": open(ofLog),
  "GET /ledger/policy": open(ofLog),
  "GET *": open(ofLog), // a tile
  "GET /consent.js": open("the script of forms is public"),
  "POST /v1/inbound/sms/twilio": guarded(bySignature),
  "POST /v1/inbound/ivr/twilio": guarded(bySignature),
  "POST /v1/inbound/email/mailgun": guarded(bySignature),
  "OPTIONS /v1/forms/:form/tokens": guarded(byForm),
  "POST /v1/forms/:form/tokens": guarded(byForm),
  "OPTIONS /v1/forms/:form/submissions": guarded(byForm),
  "POST /v1/forms/:form/submissions": guarded(byForm),
  "POST /v1/inbound/disposition/:system": ofNobody(["opt-outs:write"], ({ phones }) => ({
    path: "vicidial",
    body: { phone: phones.optOut, code: "DNC" },
  })),
  "POST /v1/opt-outs": ofNobody(["opt-outs:write"], ({ phones }) => ({
    body: { phone: phones.optOut, channel: "api" },
  })),
  "POST /v1/complaints": ofSeller(["complaints:write"], ({ phones, seller }) => ({
    body: { phone: phones.consent, text: "They called at night.", seller },
  })),
  "POST /v1/contacts": ofNobody(["contacts:write"], ({ phones }) => ({
    body: [{ externalId: "guest", phones: [phones.consent] }],
  })),
  "POST /v1/activities": ofNobody(["activities:write"], ({ seller }) => ({
    body: [
      {
        type: "visit",
        contact: `agreed-to-${seller}`,
        at: "2026-01-06T10:00:00Z",
      },
    ],
  })),
  "POST /v1/activity-types": ofNobody(["activities:write"], () => ({
    body: { key: "fitting", properties: {} },
  })),
  "POST /v1/permits/verify": ofSeller(["screen"], async ({ seller, phones, organizationId }) => {
    const phone = Phone.parse(phones.consent);
    return { body: { permit: await aPermit({ keys, organizationId }, { phone, seller }), phone } };
  }),
  "POST /v1/consents/:id/withdrawals": ofSeller(["consents:write"], ({ consent }) => ({
    path: consent.id,
    body: {},
  })),
  "GET /v1/opt-outs": ofSeller(["opt-outs:read"], () => ({})),
  "GET /v1/opt-outs.csv": ofSeller(["opt-outs:read"], () => ({})),
  "GET /v1/opt-outs/:id/certificate.json": ofSeller(
    ["proofs:read", "opt-outs:read"],
    ({ optOut }) => ({ path: optOut.id }),
  ),
  "GET /v1/opt-outs/:id/certificate.pdf": ofSeller(
    ["proofs:read", "opt-outs:read"],
    ({ optOut }) => ({ path: optOut.id }),
  ),
  "GET /v1/consents/:id/certificate.json": ofSeller(
    ["proofs:read", "consents:read"],
    ({ consent }) => ({ path: consent.id }),
  ),
  "GET /v1/consents/:id/certificate.pdf": ofSeller(
    ["proofs:read", "consents:read"],
    ({ consent }) => ({ path: consent.id }),
  ),
  "GET /v1/consents/:id/record.json": ofSeller(["proofs:read", "consents:read"], ({ consent }) => ({
    path: consent.id,
  })),
  "GET /v1/proofs/:id": ofSeller(["proofs:read"], ({ consent }) => ({ path: consent.entryId })),
  "GET /v1/scrubs/:id": ofSeller(["scrubs"], ({ scrubId }) => ({ path: scrubId })),
  "GET /v1/scrubs/:id/result.csv": ofSeller(["scrubs"], ({ scrubId }) => ({ path: scrubId })),
  "GET /v1/blocked-list.csv": ofSeller(["opt-outs:read"], () => ({})),
  "GET /v1/blocked-list/:edition/changes.csv": ofSeller(["opt-outs:read"], () => ({ path: "1" })),
  "GET /v1/campaigns/:key/calls": ofSeller(["campaigns:read"], ({ seller }) => ({
    path: `of-${seller}`,
  })),
  "GET /v1/campaigns/:key/duties": ofSeller(["campaigns:read"], ({ seller }) => ({
    path: `of-${seller}`,
  })),
  "POST /v1/screenings": ofSeller(["screen"], ({ seller, phones }) => ({
    body: { phone: phones.consent, purpose: "marketing", seller },
  })),
  "POST /v1/screenings/batch": ofSeller(["screen"], ({ seller, phones }) => ({
    body: { defaults: { purpose: "marketing", seller }, items: [{ phone: phones.consent }] },
  })),
  "POST /v1/scrubs": ofSeller(["scrubs"], ({ seller }) => ({
    path: `?purpose=marketing&seller=${seller}`,
    body: "phone\n+12015550100\n",
    type: "text/csv",
  })),
  "POST /v1/calls": ofSeller(["calls:write"], ({ seller, phones }) => ({
    body: [{ phone: phones.consent, seller, purpose: "marketing", at: "2026-03-02T15:00:00Z" }],
  })),
  "POST /v1/consents": ofSeller(["consents:write"], ({ seller, phones }) => ({
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
  })),
};
