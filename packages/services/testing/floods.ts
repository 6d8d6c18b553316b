import type { Phone } from "@ringfence/core/people/phone";
import { aNumber } from "@ringfence/db/testing";
import { type RootContext, inTransaction } from "../src/platform/context.ts";
import { findNetwork } from "../src/platform/network/client-address.ts";
import { optOutOnPage } from "../src/do-not-call/stop-page/stop-page.ts";
import { aContext, as, db, keys } from "./scenes.ts";
import { aVisitor, anAddress } from "./visitors.ts";
import type { Visitor } from "../src/do-not-call/burst/detect.ts";

/** Number of requests from one address that is enough for a burst. */
export const FLOOD = 62;

/** Creates an organization with a public page, its officers and its visitors. */
export async function aPublicPage() {
  const officer = await aContext();
  const page: RootContext = { ...officer, actor: { type: "visitor", page: "stop" } };
  const { organizationId } = officer;
  const start = await inTransaction(page, async ({ now }) => now);
  /** Opts out at a number of seconds after the start, so that the duration of the test does not matter. */
  const refuse = (phone: string, visitor: Visitor = aVisitor(), seconds = 0) =>
    inTransaction(page, (ctx) => {
      const now = new Date(start.getTime() + seconds * 1_000);
      return optOutOnPage({ ...ctx, now }, { phone, scope: undefined, visitor });
    });
  /** Sends requests like a script does: ten at once, without a proof of work. */
  const sendAll = async (phones: readonly Phone[], address: string) => {
    for (let sent = 0; sent < phones.length; sent += 10) {
      const batch = phones.slice(sent, sent + 10);
      await Promise.all(batch.map((phone) => refuse(phone, aVisitor(address))));
    }
  };
  /** Makes a burst that ends with these opt-outs. Requests that are missing from it are inserted before them. */
  const flood = async (phones: readonly Phone[] = someNumbers(4), address = anAddress()) => {
    await insertRequests(FLOOD - phones.length, { address, seconds: 0 });
    for (const phone of phones) await refuse(phone, aVisitor(address));
    return { phones, address };
  };
  /** Inserts past requests, each the given number of seconds after the one before. */
  const insertRequests = (
    count: number,
    { address, seconds }: { address?: string; seconds: number },
  ) =>
    db.prisma.anonymousRefusal.createMany({
      data: Array.from({ length: count }, (_, place) => ({
        organizationId,
        isNew: true,
        addressKey: toAddressKey(address ?? anAddress()),
        hasProof: false,
        receivedAt: new Date(start.getTime() + place * seconds * 1_000),
      })),
    });
  const toAddressKey = (address: string) => {
    const network = findNetwork(address) ?? "";
    return new Uint8Array(keys.mac(organizationId, "refusal address", network));
  };
  const bursts = () =>
    db.prisma.refusalBurst.findMany({
      where: { organizationId },
      include: { refusals: { include: { refusal: { include: { optOut: true } } } } },
      orderBy: { id: "asc" },
    });
  return {
    officer,
    other: as(officer, "officer"),
    page,
    organizationId,
    refuse,
    flood,
    sendAll,
    insertRequests,
    bursts,
  };
}

export const someNumbers = (count: number) => Array.from({ length: count }, () => aNumber());
