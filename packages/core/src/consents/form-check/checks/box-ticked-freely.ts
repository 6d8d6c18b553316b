import {
  type Fault,
  type Finding,
  evidenceAt,
  cannotTell,
  fail,
  failIfAny,
  notApplicable,
  pass,
  quoteEvidence,
} from "../finding.ts";
import { findFormParts, toControlText } from "../form-parts.ts";
import type { Control, Outcome, RenderedForm } from "../check-input.ts";
import { findSentence, mentions } from "../wording.ts";

/** Check 1 of 34: neither the page nor a script ticks the box for the person. */
export function checkNotPreTicked(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes, acceptControls } = findFormParts(form);
  const boxes = [...new Set([...callBoxes, ...dataBoxes, ...acceptControls])].filter(
    ({ kind }) => kind !== "button",
  );
  // A button cannot be ticked beforehand, so a form with buttons alone passes.
  if (boxes.length === 0 && acceptControls.length === 0) {
    return cannotTell({ key: "form-check.not-pre-ticked.ask" });
  }
  const faults = boxes.flatMap(({ label, isTickedAtFirst, isTickedOnLoad }): Fault[] => {
    if (isTickedAtFirst) {
      return [{ key: "form-check.not-pre-ticked.page", values: { label } }];
    }
    if (!isTickedOnLoad) return [];
    return [{ key: "form-check.not-pre-ticked.script", values: { label } }];
  });
  return failIfAny(
    faults,
    ...boxes.map((box) =>
      evidenceAt(box, box.label, { atFirst: box.isTickedAtFirst, onLoad: box.isTickedOnLoad }),
    ),
  );
}

/** Check 2: consent is an act of its own. Continuing, scrolling or sending the form is not consent. */
export function checkPositiveAct(form: RenderedForm): Finding {
  const { callBoxes, acceptControls, consentText } = findFormParts(form);
  const acts = [...callBoxes, ...acceptControls];
  if (acts.length > 0) return pass(...acts.map((act) => evidenceAt(act, act.label)));

  const implied = findSentence("implied", consentText);
  if (implied === null) return cannotTell({ key: "form-check.positive-act.ask" });
  return fail(
    { key: "form-check.positive-act.implied", values: { sentence: implied } },
    quoteEvidence(implied),
  );
}

/** Check 12: a person who does not agree to calls gets the same page and the same price. */
export function checkGoesThroughEmpty(form: RenderedForm): Finding {
  const { callBoxes } = findFormParts(form);
  const demanded = callBoxes.filter(({ isRequired }) => isRequired);
  const required = demanded.map(({ label }): Fault => ({
    key: "form-check.goes-through-empty.required",
    values: { label },
  }));
  const { submission } = form;
  if (submission === null) {
    const evidence = demanded.map((box) => evidenceAt(box, box.label));
    if (required.length > 0) return failIfAny(required, ...evidence);
    return cannotTell({ key: "form-check.goes-through-empty.ask" });
  }
  const { boxesEmpty, boxesTicked } = submission;
  if (!boxesEmpty.isAccepted && !boxesTicked.isAccepted) {
    return cannotTell(
      { key: "form-check.goes-through-empty.ask-sent" },
      describeOutcome(boxesEmpty),
    );
  }
  return failIfAny(
    [...required, ...findDifferences(boxesEmpty, boxesTicked)],
    describeOutcome(boxesEmpty),
    describeOutcome(boxesTicked),
  );
}

function findDifferences(empty: Outcome, ticked: Outcome): Fault[] {
  if (!empty.isAccepted) return [{ key: "form-check.goes-through-empty.refused" }];
  const prices = { empty: empty.prices.join(", "), ticked: ticked.prices.join(", ") };
  if (prices.empty !== prices.ticked) {
    return [{ key: "form-check.goes-through-empty.price", values: prices }];
  }
  if (empty.path === ticked.path) return [];
  const values = { empty: empty.path, ticked: ticked.path };
  return [{ key: "form-check.goes-through-empty.page", values }];
}

const describeOutcome = ({ excerpt, path, isAccepted }: Outcome) => ({
  ...quoteEvidence(excerpt),
  values: { path, isAccepted },
});

/** The control that refuses has at least this share of the size, font size and contrast of the one that accepts. */
const MIN_RATIO = 0.75;

/**
 * Check 18: if a button or a choice accepts, another refuses, and is nearly as large and as easy to read. Compares
 * the first of each on the wide screen.
 */
export function checkRefusalAsEasy(form: RenderedForm): Finding {
  const { acceptControls, refuseControls } = findFormParts(form);
  const [accept] = acceptControls;
  // A box that is left empty refuses.
  if (accept === undefined) return notApplicable({ key: "form-check.na.box" });

  const [refusal] = refuseControls;
  const evidence = [...acceptControls, ...refuseControls].map((it) =>
    evidenceAt(it, it.label, measureControl(it)),
  );
  if (refusal === undefined) {
    const missing: Fault = {
      key: "form-check.refusal-as-easy.missing",
      values: { label: accept.label },
    };
    return failIfAny([missing], ...evidence);
  }
  const [yes, no] = [measureControl(accept), measureControl(refusal)];
  const faults: Fault[] = [
    ...(no.area < yes.area * MIN_RATIO || no.fontPx < yes.fontPx * MIN_RATIO
      ? [
          {
            key: "form-check.refusal-as-easy.smaller",
            values: { yes: yes.area, no: no.area },
          } as const,
        ]
      : []),
    ...(no.contrast < yes.contrast * MIN_RATIO && no.contrast < FULL_CONTRAST
      ? [
          {
            key: "form-check.refusal-as-easy.fainter",
            values: { yes: yes.contrast, no: no.contrast },
          } as const,
        ]
      : []),
  ];
  return failIfAny(faults, ...evidence);
}

/** A contrast that counts as fully legible (WCAG 2.2, 1.4.6): beyond it a difference does not matter. */
const FULL_CONTRAST = 7;

function measureControl({ looks: { wide } }: Control) {
  const { box, fontPx, contrast } = wide;
  // Text that is not rendered has no area. Over an image the contrast is unknown, so the lowest is assumed.
  return {
    area: Math.round((box?.width ?? 0) * (box?.height ?? 0)),
    fontPx,
    contrast: Math.round((contrast ?? 1) * 10) / 10,
  };
}

/** Check 19: nothing hurries, shames or wears down a person who wants to refuse. */
export function checkNoDarkPattern(form: RenderedForm): Finding {
  const { callBoxes, acceptControls, refuseControls } = findFormParts(form);
  const shaming = refuseControls.filter(({ label }) => mentions("guilt", label));
  const twisted = [...new Set([...callBoxes, ...acceptControls, ...refuseControls])].flatMap(
    (it) => {
      const sentence = findSentence("doubleNegative", toControlText(it));
      return sentence === null ? [] : [{ it, sentence }];
    },
  );
  const faults: Fault[] = [
    ...form.countdowns.map((text) => ({
      key: "form-check.no-dark-pattern.countdown" as const,
      values: { text },
    })),
    ...shaming.map(({ label }) => ({
      key: "form-check.no-dark-pattern.guilt" as const,
      values: { label },
    })),
    ...twisted.map(({ sentence }) => ({
      key: "form-check.no-dark-pattern.double-negative" as const,
      values: { sentence },
    })),
    ...(form.asksAgain === true ? [{ key: "form-check.no-dark-pattern.again" } as const] : []),
  ];
  return failIfAny(
    faults,
    ...form.countdowns.map((text) => quoteEvidence(text)),
    ...shaming.map((it) => evidenceAt(it, it.label)),
    ...twisted.map(({ it, sentence }) => evidenceAt(it, sentence)),
  );
}
