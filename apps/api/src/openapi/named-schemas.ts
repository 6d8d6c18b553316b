import { CallRow } from "@ringfence/core/calling/call";
import { ReceiveComplaint } from "@ringfence/core/desk/complaint";
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
import { ActivityRow, ActivityType } from "@ringfence/core/people/activity";
import { RecordConsent, WithdrawConsent } from "@ringfence/core/consents/consent";
import { Submission } from "@ringfence/core/consents/capture-form";

// Descriptions of fields that many requests share.

const phone = "As people write it: `+1 (201) 555-0123`, or `8 (495) 123-45-67` with `region` RU.";
const region =
  "Country of a number without `+` (ISO 3166-1 alpha-2). The organization's home region if missing.";
const seller = "Key or id of the seller. May be missing if the organization has only one.";
const purpose = "Dotted key of the purpose. What is said of a purpose also holds for all below it.";

const call = {
  phone,
  region,
  purpose,
  seller,
  dialer: "Type of the dialer. The organization's setting if missing.",
  campaign: "Key of the campaign, for a call that is one of many.",
};

const id = "0195a000-0000-7000-8000-000000000001";

/** Schemas of what people did. */
const activitySchemas: readonly Named[] = [
  {
    id: "ActivityRow",
    schema: ActivityRow,
    fields: {
      externalId:
        "Your own id, such as an order number. A row with a known id is recognized as a repetition.",
      contact: "Your own id of the person. Without it, send a phone or an email address.",
      phone: "As people write it: `+1 (201) 555-0123`, or `8 (495) 123-45-67` with `region` RU.",
      region: "Country of a number without `+` (ISO 3166-1 alpha-2).",
      email: "Email address of a person on record.",
      type: "`purchase`, `visit`, `sign-up`, `call-outcome`, `preference`, or one of your own.",
      at: "Time of the activity.",
      amount: "With at most two decimals.",
      category: "Category of what it was about.",
      items: "Items of a purchase.",
      properties: "Values by the property names of the type.",
    },
    examples: [
      {
        externalId: "order-7",
        contact: "crm-7",
        type: "purchase",
        at: "2026-03-01T15:04:05Z",
        amount: 19.5,
        category: "books",
        items: [{ name: "Atlas", quantity: 1, price: 19.5 }],
      },
    ],
  },
  {
    id: "ActivityType",
    schema: ActivityType,
    fields: {
      key: "Lowercase letters and digits, in words separated by dashes.",
      properties: "Properties of its activities, each `text`, `number`, `date` or `flag`.",
    },
    examples: [{ key: "test-drive", properties: { model: "text", days: "number" } }],
  },
];

/** Body of a withdrawal. The address says which consent it withdraws. */
export const Withdrawal = WithdrawConsent.omit({ consent: true });

const consentSchemas: readonly Named[] = [
  {
    id: "RecordConsent",
    schema: RecordConsent,
    fields: {
      phone,
      region,
      contact:
        "The person whose phone it is. Some jurisdictions (Russia) require it: `subject_identity`.",
      seller,
      purposes: "Purposes of the calls that the person agreed to.",
      channels: "Channels that they agreed to.",
      source: "Where they gave consent.",
      disclosure: "The words that they were shown: a published disclosure, or the text itself.",
      obtainedAt: "When they gave consent.",
      validUntil: "When the consent ends, if they were told so.",
      evidence:
        "Evidence of the consent. All of it is kept as sent; the listed keys are understood. `states` says " +
        "what the text states beyond the other fields: in the EU it must include `data_types` and " +
        "`right_to_withdraw`, unless a published disclosure states them. `act` is what the person did; for " +
        "the source `import`, nothing else tells.",
    },
    examples: [
      {
        phone: "+1 201 555 0123",
        seller: "acme",
        purposes: ["marketing"],
        channels: ["voice_live"],
        source: "website_form",
        disclosure: { text: "Acme may call me about its offers.", language: "en" },
        obtainedAt: "2026-03-01T09:00:00Z",
        evidence: { act: "ticked", url: "https://acme.example/form", ip: "203.0.113.7" },
      },
      {
        phone: "+49 1512 3456789",
        contact: { name: "Ada Example" },
        seller: "acme",
        purposes: ["marketing"],
        channels: ["voice_live"],
        source: "newsletter",
        disclosure: {
          text: "Acme darf mich unter dieser Nummer zu Angeboten anrufen. Ich kann das jederzeit widerrufen.",
          language: "de",
        },
        obtainedAt: "2026-03-01T09:00:00Z",
        evidence: { act: "clicked", states: ["data_types", "right_to_withdraw"] },
      },
    ],
  },
  {
    id: "WithdrawConsent",
    schema: Withdrawal,
    fields: {
      purposes: "The purposes to withdraw, or purposes below them. All if missing.",
      at: "When the person said so, if not now.",
      channel: "Channel by which it reached you.",
    },
    examples: [{ purposes: ["marketing.loans"], channel: "agent" }],
  },
];

/** The request that `consent.js` sends. Your own page may send the same. */
const submission: Named = {
  id: "Submission",
  schema: Submission,
  fields: {
    token: "Token from the API, valid for one submission.",
    issuedAt: "When the API issued the token, as its answer said.",
    elapsedMs: "How long the form was open, by the page's own clock.",
    phone: "As the person typed it.",
    region: "Country of a number without `+` (ISO 3166-1 alpha-2).",
    name: "As the person typed it. On some forms it is the signature.",
    email: "As the person typed it.",
    asked:
      "Every disclosure of the form, in the words shown on the page, with the state of its checkbox.",
    page: "The page as the person saw it. What they typed is not included, only whether a field is filled.",
  },
  examples: [
    {
      token: `${id}.1767258000000.1.c2lnbmF0dXJl`,
      issuedAt: "2026-01-01T09:00:00Z",
      elapsedMs: 21_400,
      phone: "+1 201 555 0123",
      asked: [
        {
          id,
          version: 1,
          text: "Acme may call me about its offers.",
          wasChecked: false,
          isChecked: true,
        },
      ],
      page: {
        url: "https://shop.example/contact",
        title: "Contact us",
        language: "en",
        text: "Your phone. Acme may call me about its offers. Send",
        controls: [{ name: "calls", type: "checkbox", isChecked: true, isVisible: true }],
        width: 390,
        height: 844,
      },
    },
  ],
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
    id: "ReceiveComplaint",
    schema: ReceiveComplaint,
    fields: {
      phone:
        "Number of the person, as people write it. The organization's home region without `+`.",
      text: "What the person says, in their own words.",
      called: "When the call was, as the person says: an instant, or a day by their clock.",
      seller: "Key or id of the seller that the person names.",
      refusesCalls:
        "True if they do not want to be called again. The opt-out of all calls is recorded.",
      externalId:
        "Your own id of the complaint. One with a known id is recognized as a repetition.",
    },
    examples: [
      {
        externalId: "crm-7",
        phone: "+1 201 555 0123",
        text: "They called at six in the morning.",
        called: { day: "2026-03-01" },
        refusesCalls: true,
      },
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

/** A request schema as the document shows it: descriptions of its fields, and example requests. */
export type Named = {
  id: string;
  schema: z.ZodObject;
  fields: Record<string, string>;
  examples: readonly object[];
};
