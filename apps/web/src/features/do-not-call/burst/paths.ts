import { createLoader, createSerializer } from "nuqs/server";
import { parseAsTrail } from "@/components/trail";

const query = { after: parseAsTrail };

/** Reads from the address which page of bursts, or of a burst's refusals, is shown. */
export const loadBurstQuery = createLoader(query);

const serialize = createSerializer(query);
export const burstsPath = (after: string[]) => serialize("/opt-outs/bursts", { after });
export const burstPath = (id: string, after: string[] = []) =>
  serialize(`/opt-outs/bursts/${id}`, { after });
