import { expect, it } from "vitest";
import { PrivateHost, publicLookup } from "./public-lookup.ts";

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
