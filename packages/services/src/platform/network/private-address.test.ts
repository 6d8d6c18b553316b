import { expect, it } from "vitest";
import { PrivateHost, isPrivateIp, publicLookup } from "./private-address.ts";

it.each([
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "198.19.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::7f00:1",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "ff02::1",
])("%s is not of the public internet", (address) => {
  expect(isPrivateIp(address)).toBe(true);
});

it.each([
  "8.8.8.8",
  "172.32.0.1",
  "100.128.0.1",
  "193.0.0.1",
  "2606:4700:4700::1111",
  "2a00:1450::1",
])("%s is", (address) => {
  expect(isPrivateIp(address)).toBe(false);
});

const lookup = (host: string) =>
  new Promise<unknown>((resolve) => {
    publicLookup(host, {}, (error, address) => resolve(error ?? address));
  });

it("refuses a name that leads into a private network", async () => {
  expect(await lookup("localhost")).toBeInstanceOf(PrivateHost);
});

it("answers with an error where a name leads nowhere", async () => {
  expect(await lookup("nowhere.invalid")).toBeInstanceOf(Error);
  expect(await lookup("nowhere.invalid")).not.toBeInstanceOf(PrivateHost);
});
