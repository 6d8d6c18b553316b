import type { Element } from "./element.ts";

/**
 * What every consent has to hold that is to be proven to anyone, whatever the place: that the person
 * acted, and in which words they were asked (GDPR art. 7(1), 16 CFR 310.5(a)(8)). One that lacks either
 * is weak.
 */
export const strongElements = [
  "affirmative_action",
  "text_version",
] as const satisfies readonly Element[];
export type StrongElement = (typeof strongElements)[number];

/** Which of them a consent lacks. */
export const weaknessOf = (elements: readonly string[]) =>
  strongElements.filter((element) => !elements.includes(element));
