import { createLoader, createSerializer } from "nuqs/server";
import { parseAsTrail } from "@/components/trail";

const query = { after: parseAsTrail };

/** Which page of bursts, or of the refusals of one, is shown: the state of the page. */
export const loadBurstQuery = createLoader(query);

const serialize = createSerializer(query);
export const burstsPath = (after: string[]) => serialize("/opt-outs/bursts", { after });
export const burstPath = (id: string, after: string[] = []) =>
  serialize(`/opt-outs/bursts/${id}`, { after });
