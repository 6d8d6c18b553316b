import { expect, it } from "vitest";
import { readEnv } from "./env.ts";

const DATABASE_URL = "postgresql://ringfence@db/ringfence";

it("needs the address of a database, and nothing else", () => {
  expect(readEnv({ DATABASE_URL })).toMatchObject({
    env: { API_PORT: 4000, API_HOST: "localhost" },
  });
  expect(readEnv({})).toEqual({ faults: ["DATABASE_URL: This is missing: add it."] });
});

it.each([
  ["API_PORT", "http", "API_PORT: This must be a number."],
  ["API_PORT", "70000", "API_PORT: This must be 65535 or less."],
  ["API_RATE_LIMIT", "0", "API_RATE_LIMIT: This must be 1 or more."],
  ["METRICS_TOKEN", "short", "METRICS_TOKEN: This needs at least 16 characters."],
])("says what is wrong with %s=%s", (name, value, sentence) => {
  expect(readEnv({ DATABASE_URL, [name]: value })).toEqual({ faults: [sentence] });
});

it("takes what is set to nothing as not set", () => {
  const variables = { DATABASE_URL, API_PORT: "", METRICS_TOKEN: "" };
  expect(readEnv(variables)).toMatchObject({ env: { API_PORT: 4000 } });
});

it("reads whom to trust", () => {
  expect(readEnv({ DATABASE_URL, TRUST_PROXY: "10.0.0.0/8, ::1, loopback" })).toMatchObject({
    env: { TRUST_PROXY: ["10.0.0.0/8", "::1", "loopback"] },
  });
});

it.each(["true", "2", "10.0.0.0/8; ::1"])("trusts nobody by %s", (text) => {
  expect(readEnv({ DATABASE_URL, TRUST_PROXY: text })).toEqual({
    faults: ["TRUST_PROXY: Name the addresses of your proxies, such as 10.0.0.0/8, loopback."],
  });
});
