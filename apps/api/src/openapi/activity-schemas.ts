import { ActivityRow, ActivityType } from "@ringfence/core/people/activity";
import type { Named } from "./named.ts";

/** What people did, and what may be said of it. */
export const activitySchemas: readonly Named[] = [
  {
    id: "ActivityRow",
    schema: ActivityRow,
    fields: {
      externalId:
        "Your own id of it, such as an order number: one that comes again is known by it.",
      contact: "Your own id of the person; or else a phone, or an e-mail address.",
      phone: "As people write it: `+1 (201) 555-0123`, `8 (495) 123-45-67` with `region` RU.",
      region: "ISO 3166-1 alpha-2: how a number without `+` is read.",
      email: "Of a person whom you know.",
      type: "`purchase`, `visit`, `sign-up`, `call-outcome`, `preference`, or one of your own.",
      at: "When the person did it.",
      amount: "To the hundredth.",
      category: "Of what it was about.",
      items: "Of a purchase.",
      properties: "Plain values, by the names that the type has.",
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
      key: "Words of small letters and digits, with dashes between them.",
      properties: "What its activities may say, each `text`, `number`, `date` or `flag`.",
    },
    examples: [{ key: "test-drive", properties: { model: "text", days: "number" } }],
  },
];
