import { expect, it } from "vitest";
import { toConnectionsFinding } from "./check-connections.ts";

const sizes = { API_POOL_SIZE: 10, WEB_POOL_SIZE: 10, WORKER_POOL_SIZE: 10 };
const url = "postgresql://ringfence@db/ringfence";
const twoRoles = { url, acrossUrl: "postgresql://ringfence_across@db/ringfence" };

it("adds up the pools of all programs, the queue and what commands need", () => {
  expect(toConnectionsFinding(sizes, twoRoles, 154)).toEqual({
    about: "connections",
    state: "fine",
    says: "one API, one server of pages and one worker open up to 144, and PostgreSQL lets 154 in",
  });
  expect(toConnectionsFinding(sizes, twoRoles, 153).state).toBe("note");
});

it("counts one pool less for an installation with one role", () => {
  const { says } = toConnectionsFinding(sizes, { url, acrossUrl: url }, 200);
  expect(says).toContain("open up to 104,");
});

it("says what to change, with sizes that fit", () => {
  const { state, says } = toConnectionsFinding(sizes, twoRoles, 97);
  expect(state).toBe("note");
  expect(says).toContain(
    "raise max_connections by 57, or set API_POOL_SIZE, WEB_POOL_SIZE and WORKER_POOL_SIZE to 5 ",
  );
  const smaller = { API_POOL_SIZE: 5, WEB_POOL_SIZE: 5, WORKER_POOL_SIZE: 5 };
  expect(toConnectionsFinding(smaller, twoRoles, 97).state).toBe("fine");
});

it("suggests no size that a setting refuses", () => {
  const { says } = toConnectionsFinding(sizes, twoRoles, 70);
  expect(says).toMatch(/raise max_connections by 84 \(/);
});
