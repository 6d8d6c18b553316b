import { Submission } from "@ringfence/core/consents/capture-form";
import type { Named } from "./named.ts";

const id = "0195a000-0000-7000-8000-000000000001";

/** The request that `consent.js` sends. Your own page may send the same. */
export const submission: Named = {
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
