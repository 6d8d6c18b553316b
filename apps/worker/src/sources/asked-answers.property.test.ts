import fc from "fast-check";
import { expect, it } from "vitest";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { XmlFault, readXml } from "./read-xml.ts";
import type { ListingAnswer } from "./registry-question.ts";
import { parseWash } from "./au-washing.ts";
import { parseSgAnswer } from "./sg-realtime.ts";

/** A number as the service was asked about it, and the sign in its answer. */
type Line = { number: string; sign: string };
type Service = {
  free: string;
  others: readonly string[];
  aNumber: fc.Arbitrary<string>;
  /** Digits by which our side knows the number. */
  toDigits: (number: string) => string;
  toAnswer: (lines: readonly Line[]) => string;
  read: (text: string) => Map<string, ListingAnswer>;
};

const digits = (count: number) =>
  fc.nat({ max: 30 }).map((line) => String(line).padStart(count, "1"));

const services: [string, Service][] = [
  [
    "Australia",
    {
      free: "N",
      others: ["Y", "I", "?"],
      aNumber: digits(8).map((eight) => `04${eight}`),
      toDigits: (number) => number.replace(/^0/, "61"),
      toAnswer: (lines) =>
        `<WashNumbersReturn><ErrorCode>0</ErrorCode><NumbersSubmitted>${lines
          .map(({ number, sign }) => `<Number Result="${sign}" ErrorCode="0">${number}</Number>`)
          .join("")}</NumbersSubmitted></WashNumbersReturn>`,
      read: (text) => parseWash(readXml(text)).answers,
    },
  ],
  [
    "Singapore",
    {
      free: "NR",
      others: ["R"],
      aNumber: digits(7).map((seven) => `8${seven}`),
      toDigits: (number) => `65${number}`,
      toAnswer: (lines) =>
        JSON.stringify({
          status_code: "S000",
          numbers: lines.map(({ number, sign }) => ({ number, no_voice_call: sign })),
        }),
      read: (text) => parseSgAnswer(text, { host: "www.dnc.gov.sg", secret: null }),
    },
  ],
];

const someLines = ({ aNumber, free, others }: Service) =>
  fc.array(fc.record({ number: aNumber, sign: fc.constantFrom(free, ...others) }), {
    minLength: 2,
    maxLength: 20,
  });

/** The numbers that may be called; null if the answer is not believed. */
function freeIn({ read }: Service, text: string) {
  try {
    return [...read(text)]
      .flatMap(([number, said]) => (said === "free" ? [number] : []))
      .toSorted();
  } catch (error) {
    if (error instanceof RunFault || error instanceof XmlFault) return null;
    throw error;
  }
}

it.each(services)("never frees a number about which %s said anything else", (_, service) => {
  fc.assert(
    fc.property(someLines(service), (lines) => {
      const others = lines.filter(({ sign }) => sign !== service.free);
      const refused = new Set(others.map(({ number }) => service.toDigits(number)));
      const free = freeIn(service, service.toAnswer(lines));
      expect(free?.filter((number) => refused.has(number))).toEqual([]);
    }),
  );
});

it.each(services)("reads an answer of %s in any order", (_, service) => {
  const shuffled = someLines(service).chain((lines) =>
    fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
  );
  fc.assert(
    fc.property(shuffled, ([lines, others]) => {
      const free = freeIn(service, service.toAnswer(lines));
      expect(free).not.toBeNull();
      expect(freeIn(service, service.toAnswer(others))).toEqual(free);
    }),
  );
});

it.each(services)("does not believe half an answer of %s", (_, service) => {
  const cut = someLines(service).chain((lines) => {
    const text = service.toAnswer(lines);
    return fc.nat({ max: text.length - 1 }).map((length) => text.slice(0, length));
  });
  fc.assert(
    fc.property(cut, (text) => {
      expect(freeIn(service, text)).toBeNull();
    }),
  );
});

it.each(services)("does not believe an answer of %s in another encoding", (_, service) => {
  fc.assert(
    fc.property(someLines(service), (lines) => {
      const text = Buffer.from(service.toAnswer(lines), "utf16le").toString("utf8");
      expect(freeIn(service, text)).toBeNull();
    }),
  );
});

it.each(services)(
  "never crashes over an invalid answer of %s, and frees nobody by it",
  (_, service) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(freeIn(service, text) ?? []).toEqual([]);
      }),
    );
  },
);
