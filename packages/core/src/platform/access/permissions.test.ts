import { expect, it } from "vitest";
import { CaptureFormId, PhoneId } from "../ids.ts";
import { type Actor, Role, Scope } from "./actor.ts";
import { type Action, actions, mayGrantScope, isAction, may, rolesThatMay } from "./permissions.ts";

const as = (role: Role): Actor => ({ type: "member", id: "ada", role, sellerIds: [] });
const id = "01890000-0000-7000-8000-00000000000a";
const form: Actor = { type: "form", id: CaptureFormId.parse(id) };
const withScope = (scope: "screen" | "consents:read"): Actor => ({
  type: "key",
  id: "dialer",
  scopes: [scope],
});

it.each<[Actor, Action, boolean]>([
  [as("agent"), "consent.record", true],
  [as("auditor"), "consent.read", true],
  [as("auditor"), "consent.record", false],
  [as("developer"), "consent.read", false],
  [withScope("screen"), "screening.run", true],
  [withScope("consents:read"), "consent.record", false],
  [withScope("consents:read"), "consent.prove", true],
  [withScope("consents:read"), "opt-out.prove", false],
  [withScope("consents:read"), "proof.read", false],
  [{ type: "job", name: "registry.sync" }, "registry.apply", true],
  [{ type: "job", name: "webhook.deliver" }, "registry.apply", false],
  [as("owner"), "registry.apply", false],
  [form, "consent.capture", true],
  [form, "consent.record", false],
  [as("owner"), "consent.capture", false],
  [{ type: "person", phoneId: PhoneId.parse(id) }, "consent.answer", true],
  [{ type: "person", phoneId: PhoneId.parse(id) }, "consent.read", false],
])("%o and %s: %s", (actor, action, expected) => {
  expect(may(actor, action)).toBe(expected);
});

it("names the roles that may", () => {
  expect(rolesThatMay("registry.read")).toEqual(["owner", "officer", "auditor"]);
  expect(rolesThatMay("registry.apply")).toEqual([]);
});

it.each([
  ["consent.record", true],
  ["consent.forget", false],
  ["toString", false],
])("knows whether %s is an action", (text, expected) => {
  expect(isAction(text)).toBe(expected);
});

const scopesGrantedBy = (role: Role) => Scope.options.filter((scope) => mayGrantScope(role, scope));

it("lets owners make keys with every scope, and others only with scopes that their own role covers", () => {
  expect(scopesGrantedBy("owner")).toEqual(Scope.options);
  expect(scopesGrantedBy("developer")).toEqual([]);
  expect(scopesGrantedBy("agent")).toEqual([
    "screen",
    "opt-outs:write",
    "consents:write",
    "complaints:write",
  ]);
  for (const role of Role.options) {
    for (const scope of scopesGrantedBy(role)) {
      const key: Actor = { type: "key", id: "k", scopes: [scope] };
      const onlyForKeys = new Set<string>(["campaign.hand-over", "campaign.read-duties"]);
      const more = actions.filter((action) => may(key, action) && !may(as(role), action));
      expect([role, scope, more.filter((action) => !onlyForKeys.has(action))]).toEqual([
        role,
        scope,
        [],
      ]);
    }
  }
});
