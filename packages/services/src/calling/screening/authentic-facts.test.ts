import { expect, it } from "vitest";
import { decodeConsents } from "./authentic-facts.ts";

const [consent, other] = [1, 2].map((n) => `00000000-0000-7000-8000-00000000000${n}`);
const seller = "00000000-0000-7000-8000-00000000000a";
const phone = "00000000-0000-7000-8000-00000000000f";
const mac = "00112233445566778899aabbccddeeff";

it("decodes consents, each with its own instants", () => {
  const said = `granted ${seller} t f f|marketing.loans,survey|voice_live,sms|signature,purpose`;
  const [first, second] = decodeConsents(
    `${consent} ${phone} ${mac} 5 6 9|${said};${other} ${phone} - 7 8|${said}`,
  );
  const shared = {
    type: "granted",
    sellerId: seller,
    purposes: ["marketing.loans", "survey"],
    channels: ["voice_live", "sms"],
    elements: ["signature", "purpose"],
    isWritten: true,
    isProven: false,
    isImported: false,
  };
  expect(first?.event).toEqual({
    consentId: consent,
    at: 5,
    recordedAt: 6,
    validUntil: 9,
    ...shared,
  });
  expect(second?.event).toEqual({
    consentId: other,
    at: 7,
    recordedAt: 8,
    validUntil: null,
    ...shared,
  });
  expect(first?.input).toMatchObject({ id: consent, phoneId: phone, at: 5, until: 9 });
  expect(first?.input.mac).toEqual(Buffer.from(mac, "hex"));
  expect(second?.input).toMatchObject({ phoneId: phone, until: null, mac: null });
});

it("decodes a refusal without elements", () => {
  const read = decodeConsents(`${consent} ${phone} - 5 6|refused ${seller} f t f|||`);
  expect(read.map(({ event }) => event)).toMatchObject([
    { type: "refused", purposes: [], channels: [], elements: [], isProven: true },
  ]);
});

it.each([
  ["a consent of no id", `nobody ${phone} - 5 6|granted ${seller} t f f|||`],
  ["an event of no kind", `${consent} ${phone} - 5 6|given ${seller} t f f|||`],
  ["no seller", `${consent} ${phone} - 5 6|granted t f f|||`],
  ["a channel that is none", `${consent} ${phone} - 5 6|granted ${seller} t f f||pigeon|`],
  ["one without its purposes", `${consent} ${phone} - 5 6|withdrawn ${seller} t f f|sms|`],
  ["one with more than is known", `${consent} ${phone} - 5 6|granted ${seller} t f f||||`],
  [
    "a purpose with a character that is not allowed",
    `${consent} ${phone} - 5 6|granted ${seller} t f f|Loans!||`,
  ],
])("does not read %s", (_, text) => {
  expect(() => decodeConsents(text)).toThrow(/invalid|expected|too few or many/i);
});
