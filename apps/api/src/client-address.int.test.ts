import { limitApiKey } from "@ringfence/services/account/api-key";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { expect, it } from "vitest";
import { aKey, aListeningServer } from "../testing/listening.ts";

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

it("lets a key be used from its allowed addresses alone, as the trusted proxy reports them", async () => {
  const { ctx, id, authorization } = await aKey("screen", "opt-outs:read");
  const { phone } = await aCallablePhone(ctx);
  const { url } = await aListeningServer({ trustProxy: 1 });
  const body = JSON.stringify({ phone, purpose: "marketing.loans" });
  const askAs = async (address: string) => {
    const headers = {
      authorization,
      "x-forwarded-for": address,
      "content-type": "application/json",
    };
    const read = await fetch(`${url}/v1/opt-outs?limit=1`, { headers });
    const screened = await fetch(`${url}/v1/screenings`, { method: "POST", headers, body });
    return [read.status, screened.status];
  };
  expect(await askAs("198.51.100.7")).toEqual([200, 200]);

  const limits = { lastDay: null, allowedAddresses: ["203.0.113.0/24"] };
  await limitApiKey(ctx, { apiKeyId: id, ...limits });

  expect(await askAs("198.51.100.7")).toEqual([401, 401]);
  expect(await askAs("::ffff:203.0.113.5")).toEqual([200, 200]);
  expect(await askAs("203.0.113.5, 198.51.100.7")).toEqual([401, 401]);
  expect(await askAs("unknown")).toEqual([401, 401]);
});
