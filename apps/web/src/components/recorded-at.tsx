import type { TimelineEvent } from "@ringfence/services/desk/number";
import { LocalTime } from "./local-time";
import { RecordedBy } from "./recorded-by";

/** Table cell: when something was recorded, and by whom. */
export const RecordedAt = ({ at, by }: { at: Date; by: TimelineEvent["by"] }) => (
  <>
    <LocalTime instant={at} precision="cell" />{" "}
    <span className="text-muted md:block">
      <RecordedBy by={by} />
    </span>
  </>
);
