import { ActivityRow, ActivityType } from "@ringfence/core/people/activity";
import type { Named } from "./named.ts";

/** Schemas of what people did. */
export const activitySchemas: readonly Named[] = [
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
