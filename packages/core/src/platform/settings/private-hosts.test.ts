import { expect, it } from "vitest";
import { allPrivateHosts, isNamedHost, selectPrivateHosts } from "./private-hosts.ts";
import { readSettings } from "./read-settings.ts";

const [first, second] = [
  "0190a000-0000-7000-8000-000000000001",
  "0190a000-0000-7000-8000-000000000002",
];
const read = readSettings(["RINGFENCE_PRIVATE_HOSTS"], {
  RINGFENCE_PRIVATE_HOSTS: `Dialer.internal, 10.0.0.5:8080,${second.toUpperCase()}=10.0.0.6:9000, ${first}=[fd00::1]:90`,
});
const entries = read.ok ? read.settings.RINGFENCE_PRIVATE_HOSTS : [];

it("selects for an organization the hosts that name it, and for the first one those that name none", () => {
  expect(selectPrivateHosts(entries, { organizationId: first, isFirst: true })).toEqual([
    "dialer.internal",
    "10.0.0.5:8080",
    "[fd00::1]:90",
  ]);
  expect(selectPrivateHosts(entries, { organizationId: second, isFirst: false })).toEqual([
    "10.0.0.6:9000",
  ]);
});

it("selects all hosts for whoever runs the machine", () => {
  expect(allPrivateHosts(entries)).toEqual([
    "dialer.internal",
    "10.0.0.5:8080",
    "10.0.0.6:9000",
    "[fd00::1]:90",
  ]);
});

it("finds a host on the named port, even if the address relies on the protocol's default", () => {
  const isNamed = (url: string) =>
    isNamedHost(["10.0.0.5:443", "10.0.0.6:80", "dialer.internal"], new URL(url));
  expect(isNamed("https://10.0.0.5/x")).toBe(true);
  expect(isNamed("https://10.0.0.5:443/x")).toBe(true);
  expect(isNamed("http://10.0.0.6/x")).toBe(true);
  expect(isNamed("http://10.0.0.5/x")).toBe(false);
  expect(isNamed("https://10.0.0.6/x")).toBe(false);
  expect(isNamed("https://10.0.0.5:8443/x")).toBe(false);
  expect(isNamed("http://dialer.internal:8080/x")).toBe(true);
});

it.each(["acme=10.0.0.5", "=10.0.0.5", `${first}=`, `${first}=${second}=a`])(
  "takes %s for no host",
  (text) => {
    expect(readSettings(["RINGFENCE_PRIVATE_HOSTS"], { RINGFENCE_PRIVATE_HOSTS: text }).ok).toBe(
      false,
    );
  },
);
