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
  dialer: "What dials; left out, as the organization's settings say.",
  campaign: "Makes a live call one of many.",
};

export const namedSchemas: readonly Named[] = [
  {
    id: "ScreenCall",
    schema: ScreenCall,
    fields: {
      ...call,
      at: "Makes it a what-if: judged by what was so then, and put on no record.",
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
      defaults: "What items leave out.",
      items: "Up to 10,000. One that is none of these is refused, and spoils no other.",
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
      permit: "As a screening answered it.",
      phone: "The number that is about to be dialed.",
      region,
      singleUse: "Uses the permit up if the call may be placed: whoever brings it next is refused.",
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
      scope: "What is refused; left out, all calls.",
      channel: "How the refusal reached you.",
      at: "When the person said so, where that was not now.",
      note: "Anything that was said beside it.",
      recording: "Where the call can be heard in which it was said.",
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
      code: "As the dialer has it.",
      externalId: "The dialer's own id of the call, by which what is sent again is known.",
    },
    examples: [{ phone: "+12015550123", code: "DNC", externalId: "1764100000.1" }],
  },
  {
    id: "ContactRow",
    schema: ContactRow,
    fields: {
      externalId: "Your own id of the person, by which later rows find them.",
      name: "What you call them.",
      email: "An address of theirs.",
      locale: "BCP 47: `en`, `ru-RU`.",
      zone: "IANA name of the zone in which they live, where they told you.",
      addressRegion: "ISO 3166-2 (`US-TX`, `RU-SVE`), or a country: which rules and hours hold.",
      calledParty: "Whose line it is; left out, an individual's.",
      attributes: "Plain values by name, laid over those on record; null takes one away.",
      phone: "One more of the `phones`.",
      phones: "As people write them; added to those on record.",
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
      externalId: "The dialer's own id of it, by which a log that is sent again is known.",
      phone,
      region,
      seller,
      purpose,
      at: "When it was placed.",
      outcome:
        "`reached`, `accepted`, `refused` (the offer), `opted_out` (calls: it is put on record), `abandoned`, `no_answer`, `busy`, `failed`, or as the dialer says.",
      dialer: "What dialed it; left out, as its screening says, else as is set.",
      seconds: "For how long there was somebody on the line.",
      campaign: "For which it was placed.",
      screening: "The id of the screening that allowed it.",
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
