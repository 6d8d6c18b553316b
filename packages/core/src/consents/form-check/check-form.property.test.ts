import fc from "fast-check";
import { expect, it } from "vitest";
import { aControl, aForm, aFormContext, aLook, aPassage } from "../../../testing/rendered-form.ts";
import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { Channel } from "../../people/phone/index.ts";
import { type CheckAnswer, checkForm, summarizeChecks } from "./check-form.ts";
import { CheckId } from "./check-book.ts";
import { ControlKind, type FormContext, type RenderedForm } from "./check-input.ts";

const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "I agree to",
        "marketing calls.",
        "our partners",
        "not",
        "withdraw",
        "the terms.",
        "согласен",
        "на звонки.",
        "персональных данных",
        "No, thanks",
        "by phone only.",
      ),
      fc.string({ unit: "grapheme", maxLength: 20 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(" "));

const look = fc
  .record({
    box: fc.option(
      fc.record({
        x: fc.integer(),
        y: fc.integer(),
        width: fc.nat(2_000),
        height: fc.nat(2_000),
      }),
    ),
    contrast: fc.option(fc.double({ min: 1, max: 21, noNaN: true })),
    opacity: fc.double({ min: 0, max: 1, noNaN: true }),
    coveredBy: fc.option(fc.constant("#banner")),
  })
  .map(aLook);
const looks = fc.record({ wide: look, narrow: look });

const control = fc
  .record({
    selector: fc.constantFrom("#a", "#b", "#c"),
    kind: fc.constantFrom(...ControlKind.options),
    label: words,
    description: words,
    value: words,
    isHidden: fc.boolean(),
    isRequired: fc.boolean(),
    isTickedAtFirst: fc.boolean(),
    isTickedOnLoad: fc.boolean(),
    labelLooks: fc.option(looks),
    looks,
  })
  .map(aControl);

const form = fc
  .record({
    controls: fc.array(control, { maxLength: 4 }),
    passages: fc.array(
      words.map((text) => aPassage(text)),
      { maxLength: 4 },
    ),
    language: fc.option(fc.constantFrom("en", "ru-RU", "xx")),
    submission: fc.constantFrom(null, aForm().submission),
    withdrawal: fc.constantFrom(null, aForm().withdrawal),
  })
  .map((spoilt): RenderedForm => aForm(spoilt));

const places = fc.uniqueArray(
  fc.constantFrom("US", "US-CA", "US-FL", "GB", "DE", "NL", "RU", "AU", "BR"),
  { minLength: 1 },
);
const context = fc
  .record({
    jurisdictions: places,
    channels: fc.uniqueArray(fc.constantFrom(...Channel.options), { minLength: 1 }),
  })
  .map(aFormContext);

it("answers every check of any form in order, with severities only for the form's own jurisdictions", () => {
  fc.assert(
    fc.property(form, context, (form, context) => {
      const results = checkForm(form, context, bundledRuleBook);
      expect(results.map(({ check }) => check)).toEqual(CheckId.options);
      for (const { finding, severities } of results) {
        expect(context.jurisdictions).toEqual(expect.arrayContaining(Object.keys(severities)));
        const costs = Object.keys(severities).length > 0;
        expect(costs || !["fail", "cannot-tell"].includes(finding.result)).toBe(true);
      }
    }),
  );
});

it("finds a box that is ticked beforehand, whatever else is on the form", () => {
  fc.assert(
    fc.property(form, context, fc.boolean(), (form, context, isTickedAtFirst) => {
      const kind = "checkbox";
      const box = aControl({ kind, label: "Call me", isTickedAtFirst, isTickedOnLoad: true });
      const [first] = checkForm(
        { ...form, controls: [...form.controls, box] },
        context,
        bundledRuleBook,
      );
      expect(first?.finding.result).toBe("fail");
    }),
  );
});

const summarize = (form: RenderedForm, context: FormContext) =>
  summarizeChecks({
    results: checkForm(form, context, bundledRuleBook),
    jurisdictions: context.jurisdictions,
    answers: [],
  });

it("judges one jurisdiction as it does without the others", () => {
  fc.assert(
    fc.property(form, context, (form, context) => {
      const together = summarize(form, context);
      for (const place of together.places) {
        const jurisdictions = [place.jurisdiction];
        const alone = summarize(form, { ...context, jurisdictions });
        expect(alone.places).toEqual([place]);
      }
    }),
  );
});

/** Good but for one thing at most, with what nobody told: so that answers decide. */
const nearlyGood = fc
  .constantFrom<Partial<RenderedForm>>(
    {},
    { submission: null },
    { withdrawal: null },
    { language: "ru" },
    { links: [] },
  )
  .map(aForm);
const gaps = fc
  .record({
    jurisdictions: places,
    disclosureHash: fc.constantFrom(undefined, aFormContext().disclosureHash),
    captured: fc.constantFrom(undefined, aFormContext().captured),
  })
  .map(({ disclosureHash, captured, jurisdictions }) => {
    const { disclosureHash: _, captured: __, ...told } = aFormContext({ jurisdictions });
    return {
      ...told,
      ...(disclosureHash !== undefined && { disclosureHash }),
      ...(captured !== undefined && { captured }),
    };
  });

it("publishes nothing with a failed blocking check or an open question, whatever was answered", () => {
  const answer = fc.record({
    check: fc.constantFrom(
      ...(["goes-through-empty", "one-language", "text-as-stored", "evidence-captured"] as const),
    ),
    holds: fc.boolean(),
    note: fc.constant("seen"),
  });
  fc.assert(
    fc.property(nearlyGood, gaps, fc.array(answer), (form, context, answers: CheckAnswer[]) => {
      const results = checkForm(form, context, bundledRuleBook);
      for (const place of summarizeChecks({
        results,
        answers,
        jurisdictions: context.jurisdictions,
      }).places) {
        const blocks = results.filter(
          ({ check, finding, severities }) =>
            severities[place.jurisdiction] === "block" &&
            (finding.result === "fail" ||
              (finding.result === "cannot-tell" &&
                answers.findLast((it) => it.check === check)?.holds !== true)),
        );
        expect(place.mayPublish).toBe(blocks.length === 0);
      }
    }),
  );
});
