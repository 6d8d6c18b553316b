import { expect, it } from "vitest";
import { aListeningServer } from "../testing/listening.ts";

/** Asks a public route as often as addresses are given, as one proxy would pass it on. */
async function askFrom(server: { url: string }, addresses: readonly string[]) {
  const statuses = [];
  for (const address of addresses) {
    const headers = { "x-forwarded-for": address };
    const { status } = await fetch(`${server.url}/v1/forms/x/tokens`, { method: "POST", headers });
    statuses.push(status);
  }
  return statuses;
}

it.each([
  ["text that is no address", ["<script>1</script>", "<script>2</script>", "unknown"]],
  ["addresses of one IPv6 customer", ["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:9::1"]],
  ["two spellings of one address", ["198.51.100.7", "::ffff:198.51.100.7", "198.51.100.7:4711"]],
])("counts %s as one caller", async (_, addresses) => {
  const server = await aListeningServer({ publicRateLimit: 2, trustProxy: 1 });
  expect(await askFrom(server, addresses)).toEqual([404, 404, 429]);
});

it("counts callers behind a trusted proxy separately, and those behind any other as one", async () => {
  const addresses = ["198.51.100.7", "198.51.100.8", "2001:db8:1:2::1"];
  const trusting = await aListeningServer({ publicRateLimit: 1, trustProxy: ["loopback"] });
  expect(await askFrom(trusting, addresses)).toEqual([404, 404, 404]);
  const wary = await aListeningServer({ publicRateLimit: 1, trustProxy: 0 });
  expect(await askFrom(wary, addresses)).toEqual([404, 429, 429]);
});

it("never takes a text from the caller as their address", async () => {
  const server = await aListeningServer({ publicRateLimit: 1, trustProxy: 2 });
  const addresses = ["<script>1</script>, 203.0.113.9", "<script>2</script>, 203.0.113.9"];
  expect(await askFrom(server, addresses)).toEqual([404, 429]);
});
