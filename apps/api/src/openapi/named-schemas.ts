import { CallRow } from "@ringfence/core/calling/call";
import { ContactRow } from "@ringfence/core/people/contact";
import { RecordDisposition } from "@ringfence/core/do-not-call/inbound";
import { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import {
  BatchItem,
  ScreenBatch,
  ScreenCall,
  VerifyPermit,
} from "@ringfence/core/calling/screening";
import { z } from "zod";
import { activitySchemas } from "./activity-schemas.ts";
import { phone, purpose, region, seller } from "./common-fields.ts";
import { consentSchemas } from "./consent-schemas.ts";
import type { Named } from "./named.ts";
import { submission } from "./submission-schema.ts";

const call = {
  phone,
  region,
  purpose,
  seller,
  dialer: "Type of the dialer. The organization's setting if missing.",
  campaign: "Key of the campaign, for a call that is one of many.",
};

export const namedSchemas: readonly Named[] = [
  {
    id: "ScreenCall",
    schema: ScreenCall,
    fields: {
      ...call,
      at: "Instant of a what-if: it is decided by the facts of that time, and not recorded.",
    },
    examples: [
      { phone: "+1 (201) 555-0123", purpose: "marketing.loans" },
      { phone: "8 (495) 123-45-67", region: "RU", purpose: "marketing", dialer: "predictive" },
    ],
  },
  {
    id: "BatchItem",
    schema: BatchItem,
    fields: call,
    examples: [{ phone: "(201) 555-0123" }],
  },
  {
    id: "ScreenBatch",
    schema: ScreenBatch,
    fields: {
      defaults: "Values for fields that items leave out.",
      items: "Up to 10,000 items. An invalid item is refused and does not affect the others.",
    },
    examples: [
      {
        defaults: { purpose: "marketing.loans", region: "US" },
        items: [{ phone: "(201) 555-0123" }, { phone: "+7 916 123-45-67", purpose: "survey" }],
      },
    ],
  },
  {
    id: "VerifyPermit",
    schema: VerifyPermit,
    fields: {
      permit: "The permit from a screening.",
      phone: "The number that is about to be dialed.",
      region,
      singleUse: "Uses the permit up if the call may be placed, so that it is refused next time.",
    },
    examples: [
      { permit: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIrMTIwMTU1NTAxMjMifQ.…", phone: "+12015550123" },
    ],
  },
  {
    id: "RecordOptOut",
    schema: RecordOptOut,
    fields: {
      phone,
      region,
      scope: "The calls that are refused. All calls if missing.",
      channel: "Channel by which the opt-out reached you.",
      at: "When the person said so, if not now.",
      note: "Anything else that was said.",
      recording: "Where the call can be heard in which the person opted out.",
    },
    examples: [
      { phone: "+1 201 555 0123", channel: "agent" },
      { phone: "+79161234567", channel: "sms", scope: { purpose: "marketing.loans" } },
    ],
  },
  {
    id: "RecordDisposition",
    schema: RecordDisposition,
    fields: {
      phone,
      code: "Disposition code of the dialer.",
      externalId: "The dialer's own id of the call, by which a repetition is recognized.",
    },
    examples: [{ phone: "+12015550123", code: "DNC", externalId: "1764100000.1" }],
  },
  {
    id: "ContactRow",
    schema: ContactRow,
    fields: {
      externalId: "Your own id of the person, by which later rows find them.",
      name: "Name of the person.",
      email: "Email address of the person.",
      locale: "Language of the person (BCP 47): `en`, `ru-RU`.",
      zone: "IANA name of their time zone, if they told you.",
      addressRegion:
        "Where they live, which decides rules and hours: ISO 3166-2 (`US-TX`, `RU-SVE`) or a country.",
      calledParty: "Kind of the called party. An individual if missing.",
      attributes: "Values by name, merged into those on record. Null removes one.",
      phone: "One more phone, as in `phones`.",
      phones: "Phones as people write them, added to those on record.",
      region,
    },
    examples: [
      { externalId: "crm-7", name: "Ada", phones: ["+1 201 555 0123"], addressRegion: "US-TX" },
    ],
  },
  {
    id: "CallRow",
    schema: CallRow,
    fields: {
      externalId: "The dialer's own id of the call, by which a repeated log is recognized.",
      phone,
      region,
      seller,
      purpose,
      at: "When the call was placed.",
      outcome:
        "`reached`, `accepted`, `refused` (the offer), `opted_out` (of calls: the opt-out is recorded), `abandoned`, `no_answer`, `busy`, `failed`, or a code of the dialer.",
      dialer:
        "Type of the dialer. If missing, that of the screening, or else the organization's setting.",
      seconds: "Seconds during which somebody was on the line.",
      campaign: "Key of the campaign of the call.",
      screening: "Id of the screening that allowed the call.",
    },
    examples: [
      {
        externalId: "dialer-7",
        phone: "+12015550123",
        purpose: "marketing.loans",
        at: "2026-03-01T15:04:05Z",
        outcome: "no_answer",
      },
    ],
  },
  ...consentSchemas,
  submission,
  ...activitySchemas,
];

for (const { id, schema } of namedSchemas) z.globalRegistry.add(schema, { id });
