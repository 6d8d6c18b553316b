import { expect, it } from "vitest";
import { aContext } from "../../../testing/scenes.ts";
import { untilOneWaits } from "../../../testing/until-one-waits.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { listMisreadOptOuts } from "./list-misread-opt-outs.ts";
import { optOut } from "./opt-out.ts";

const tell = (by: ServiceContext) => optOut(by, { phone: "not me", channel: "agent" });

it("keeps once what comes twice at once in the same words", async () => {
  const ctx = await aContext();
  const work = async (first: ServiceContext) => {
    await tell(first);
    const second = tell(ctx);
    await untilOneWaits();
    return { second };
  };
  const { second } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  expect((await second).fault).toMatchObject({ key: "opt-out.number-unreadable" });
  expect(await listMisreadOptOuts(ctx)).toMatchObject({ count: 1 });
});
