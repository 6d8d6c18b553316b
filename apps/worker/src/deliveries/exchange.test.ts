import { expect, it } from "vitest";
import { exchange } from "./exchange.ts";

const { signal } = new AbortController();
const send = (url: string, ...privateHosts: string[]) =>
  exchange({ url, headers: {}, body: "{}" }, { privateHosts, signal });

it("sends nothing over plain http to a host that the operator did not allow", async () => {
  expect(await send("http://dialer.example/hook")).toEqual({ fault: "not-encrypted" });
  expect(await send("http://8.8.8.8/hook", "10.0.0.7")).toEqual({ fault: "not-encrypted" });
});

it("connects to an https address, and to an allowed host", async () => {
  const faults = [
    await send("https://dialer.invalid/hook"),
    await send("http://dialer.invalid/hook", "dialer.invalid"),
  ];
  for (const answer of faults) expect(answer).not.toEqual({ fault: "not-encrypted" });
});
