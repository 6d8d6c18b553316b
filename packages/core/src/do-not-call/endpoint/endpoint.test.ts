import { expect, it } from "vitest";
import { CreateWebhook } from "./endpoint.ts";

const listFaults = (url: string, reason = "The dialer keeps its own list.") =>
  CreateWebhook.safeParse({
    name: "Dialer",
    url,
    events: ["opt-out.recorded"],
    reason,
  }).error?.issues.map(({ path }) => path.join("/")) ?? [];

it("rejects a webhook without a reason", () => {
  expect(listFaults("https://dialer.example/hook", "")).toEqual(["reason"]);
});

it.each(["", "dialer", "ftp://dialer.example", "https://me:secret@dialer.example/hook"])(
  "rejects %j as an address, and says where",
  (url) => expect(listFaults(url)).toEqual(["url"]),
);

it("accepts a web address", () => {
  expect(listFaults("https://dialer.example/hook")).toEqual([]);
});
