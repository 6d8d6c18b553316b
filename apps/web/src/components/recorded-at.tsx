import type { TimelineEvent } from "@ringfence/services/desk/number";
import { LocalTime } from "./local-time";
import { RecordedBy } from "./recorded-by";

/** When something was put on record, and by whom: a cell of a table. */
export const RecordedAt = ({ at, by }: { at: Date; by: TimelineEvent["by"] }) => (
  <>
    <LocalTime instant={at} precision="cell" />{" "}
    <span className="text-muted md:block">
      <RecordedBy by={by} />
    </span>
  </>
);
