import { expect, it } from "vitest";
import { chooseScript, fillScript } from "./script.ts";

const values = {
  contact: { name: "Ada", city: " " },
  organization: { name: "Acme Calls" },
  seller: { name: "Acme" },
  offer: { name: "Spring" },
};

it("says what is known, and else what the script says", () => {
  const script =
    "{contact.name|friend} of { contact.city | your town }: {seller.name}, {organization.name}, {offer.name} {contact.age|now}";
  expect(fillScript(script, values)).toBe("Ada of your town: Acme, Acme Calls, Spring now");
});

it("reads nothing into what a person is called", () => {
  const contact = { name: "{seller.name}" };
  expect(fillScript("{contact.name|x}", { ...values, contact })).toBe("{seller.name}");
});

it("speaks the person's language, else the caller's, else any that there is", () => {
  const scripts = { en: "Hello", ru: "Привет" };
  expect(chooseScript(scripts, ["ru-RU", "en"])).toEqual({ language: "ru", text: "Привет" });
  expect(chooseScript(scripts, [null, "ru"])).toMatchObject({ language: "ru" });
  expect(chooseScript({ ru: "Привет" }, ["en", "en"])).toMatchObject({ language: "ru" });
  expect(chooseScript({}, ["en"])).toBeNull();
});

it("takes for known what is known alone", () => {
  expect(fillScript("{contact.constructor|friend}", values)).toBe("friend");
});
