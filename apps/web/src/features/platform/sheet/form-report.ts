import type { CheckResult } from "@ringfence/core/consents/form-check";

const box = "html > body > form > label:nth-of-type(2) > input";
const label =
  "I accept the terms and conditions and marketing calls from Example Windows and its selected partners.";

/** Of an invented form: one check of every outcome. */
export const results: readonly CheckResult[] = [
  {
    check: "not-pre-ticked",
    finding: {
      result: "fail",
      evidence: [{ selector: box, quote: label, values: { atFirst: true, onLoad: true } }],
      faults: [{ message: { key: "form-check.not-pre-ticked.page", values: { label } } }],
    },
    severities: { GB: "block", "US-CA": "block" },
    grounds: [
      { citation: "GDPR art. 4(11), rec. 32", mark: "B" },
      { citation: "EDPB 05/2020 s. 3.4", mark: "B" },
    ],
  },
  {
    check: "apart-from-terms",
    finding: {
      result: "fail",
      evidence: [{ selector: box, quote: label }],
      faults: [
        { message: { key: "form-check.apart-from-terms.bundled", values: { sentence: label } } },
      ],
    },
    severities: { GB: "block" },
    grounds: [{ citation: "GDPR art. 7(2)", mark: "A" }],
  },
  {
    check: "seller-named",
    finding: {
      result: "cannot-tell",
      evidence: [{ quote: label }],
      question: {
        key: "form-check.seller-named.ask",
        values: { name: "Example Windows", legalName: "Example Windows LLC" },
      },
    },
    severities: { GB: "block", "US-CA": "block" },
    grounds: [
      { citation: "GDPR rec. 42", mark: "A" },
      { citation: "47 CFR 64.1200(f)(9)", mark: "A" },
    ],
  },
  {
    check: "text-size",
    finding: {
      result: "fail",
      evidence: [{ selector: box, quote: label, layout: "narrow", values: { fontPx: 10 } }],
      faults: [
        {
          message: {
            key: "form-check.text-size.small",
            values: { selector: box, fontPx: 10, least: 16 },
          },
        },
      ],
    },
    severities: { GB: "warn", "US-CA": "warn" },
    grounds: [{ citation: "47 CFR 64.1200(f)(3)", mark: "C" }],
  },
  {
    check: "purpose-named",
    finding: { result: "pass", evidence: [{ quote: label }] },
    severities: { GB: "block", "US-CA": "block" },
    grounds: [{ citation: "GDPR rec. 42", mark: "A" }],
  },
  {
    check: "data-consent-apart",
    finding: {
      result: "not-applicable",
      evidence: [],
      because: { key: "form-check.na.place", values: {} },
    },
    severities: {},
    grounds: [{ citation: "38-FZ art. 18", mark: "B" }],
  },
];
