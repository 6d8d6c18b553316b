import path from "node:path";
import { expect, it } from "vitest";
import { assertProxyIsNamed, readInstallationSettings, root } from "./installation-settings.ts";

it("chooses defaults below the state folder", () => {
  expect(
    readInstallationSettings({ RINGFENCE_STATE: ".ringfence/e2e", WEB_PORT: "3100" }),
  ).toMatchObject({
    PUBLIC_URL: "http://localhost:3100",
    API_URL: "http://localhost:4000",
    RINGFENCE_KEY_DIR: path.join(root, ".ringfence/e2e/keys"),
    RINGFENCE_FILES: path.join(root, ".ringfence/e2e/files"),
    stateFolder: path.join(root, ".ringfence/e2e"),
  });
  expect(readInstallationSettings({})).not.toHaveProperty("DATABASE_URL");
});

it("expects the API at the host of the pages, unless configured", () => {
  const given = { PUBLIC_URL: "https://calls.example.com", API_PORT: "4100" };
  expect(readInstallationSettings(given)).toMatchObject({
    API_URL: "https://calls.example.com:4100",
  });
  const withApiUrl = { ...given, API_URL: "https://api.example.com" };
  expect(readInstallationSettings(withApiUrl)).toMatchObject({
    API_URL: "https://api.example.com",
  });
});

it("makes folder paths absolute, and leaves a bucket as it is", () => {
  const given = { RINGFENCE_KEY_DIR: "secrets", RINGFENCE_FILES: "s3://bucket/files" };
  expect(readInstallationSettings(given)).toMatchObject({
    RINGFENCE_KEY_DIR: path.join(root, "secrets"),
    RINGFENCE_FILES: "s3://bucket/files",
  });
});

it("reports everything that is wrong, in the language of the operator", () => {
  const given = { WEB_PORT: "web", DATABASE_URL: "mysql://db/calls" };
  expect(() => readInstallationSettings(given)).toThrow(/^WEB_PORT is “web”/);
  expect(() => readInstallationSettings({ ...given, WEB_PORT: "3000" })).toThrow(
    /^DATABASE_URL is “mysql:/,
  );
  expect(() => readInstallationSettings({ ...given, LANG: "ru_RU.UTF-8" })).toThrow(
    /^WEB_PORT = «web»/,
  );
});

const serve = (given: Record<string, string>) => () =>
  assertProxyIsNamed(readInstallationSettings(given), given);

it("serves no https address without a named proxy", () => {
  const given = { LANG: "C", PUBLIC_URL: "https://calls.example.com" };
  for (const unset of [given, { ...given, TRUST_PROXY: "" }]) {
    expect(serve(unset)).toThrow(/^TRUST_PROXY is not set, but PUBLIC_URL is https/);
  }
  expect(serve({ ...given, TRUST_PROXY: "none" })).not.toThrow();
  expect(serve({ ...given, TRUST_PROXY: "1" })).not.toThrow();
  expect(serve({})).not.toThrow();
});
