import { expect, it } from "vitest";
import { chooseScript, fillScript } from "./script.ts";

const values = {
  contact: { name: "Ada", city: " " },
  organization: { name: "Acme Calls" },
  seller: { name: "Acme" },
  offer: { name: "Spring" },
};

it("fills in known values, and the script's defaults otherwise", () => {
  const script =
    "{contact.name|friend} of { contact.city | your town }: {seller.name}, {organization.name}, {offer.name} {contact.age|now}";
  expect(fillScript(script, values)).toBe("Ada of your town: Acme, Acme Calls, Spring now");
});

it("does not interpret a person's name as a field", () => {
  const contact = { name: "{seller.name}" };
  expect(fillScript("{contact.name|x}", { ...values, contact })).toBe("{seller.name}");
});

it("prefers the person's language, then the caller's, then any available one", () => {
  const scripts = { en: "Hello", ru: "Привет" };
  expect(chooseScript(scripts, ["ru-RU", "en"])).toEqual({ language: "ru", text: "Привет" });
  expect(chooseScript(scripts, [null, "ru"])).toMatchObject({ language: "ru" });
  expect(chooseScript({ ru: "Привет" }, ["en", "en"])).toMatchObject({ language: "ru" });
  expect(chooseScript({}, ["en"])).toBeNull();
});

it("treats empty values as unknown", () => {
  expect(fillScript("{contact.constructor|friend}", values)).toBe("friend");
});
