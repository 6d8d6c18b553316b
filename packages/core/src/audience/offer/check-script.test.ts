import { expect, it } from "vitest";
import { findScriptFault } from "./check-script.ts";

const right = "You may refuse our calls at any time: say so, and nobody will call you again.";

it.each([
  ["en", `Hello, {contact.name|dear customer}! {seller.name} has an offer. ${right}`],
  ["en", "If you do not want to be called, tell me: I take you off our list at once."],
  ["en", "Say stop and we make no more calls."],
  ["ru", "Здравствуйте, {contact.name|уважаемый клиент}! Вы можете отказаться от наших звонков."],
  ["ru", "Если вы не хотите, чтобы мы вам звонили, скажите: я уберу ваш номер из списка."],
  ["ru", "Скажите — и мы больше не будем вам звонить."],
] as const)("takes a script that names the right to refuse (%s)", (language, script) => {
  expect(findScriptFault(script, language)).toBeNull();
});

it.each([
  ["en", "We have an offer for you.", "offer.right-missing"],
  // The sentence about refusing does not mention calls.
  ["en", "You may refuse the loan. We call every month.", "offer.right-missing"],
  ["en", "Вы можете отказаться от наших звонков.", "offer.right-missing"],
  ["ru", "Мы звоним с предложением.", "offer.right-missing"],
  ["ru", right, "offer.right-missing"],
  // Said to those alone of whom no name is known.
  ["en", "Hello {contact.name|you may refuse our calls}.", "offer.right-missing"],
  ["en", `{contact.name}, hello. ${right}`, "offer.field-bare"],
  ["en", `{agent.name}, hello. ${right}`, "offer.field-unknown"],
  ["en", `{seller.key}, hello. ${right}`, "offer.field-unknown"],
  ["en", `{name}, hello. ${right}`, "offer.field-unread"],
  ["en", `{contact.name|you, hello. ${right}`, "offer.field-unread"],
] as const)("refuses a script (%s: %s)", (language, script, key) => {
  expect(findScriptFault(script, language)).toMatchObject({ key });
});
