import { z } from "zod";
import { areaOf, type Prediction } from "./area.ts";
import { calibrationCurve, calibrationError } from "./calibration-curve.ts";
import { acceptedAmong, areaOfLift, liftAtTenth } from "./gains.ts";

const Share = z.number().min(0).max(1);

/** How good a model was on calls that it had not seen. */
export const Evaluation = z.object({
  calls: z.int(),
  accepted: z.int(),
  auc: Share,
  /** Of 95 %. */
  interval: z.tuple([Share, Share]),
  calibrationError: Share,
  curve: z.array(z.object({ calls: z.int(), said: Share, seen: Share })),
  lift10: z.number(),
  alift: Share,
  /** Which share of all that accepted is among the better tenth, two tenths … of the calls. */
  gains: z.array(Share),
});
export type Evaluation = z.infer<typeof Evaluation>;

const tenths = Array.from({ length: 10 }, (_, tenth) => (tenth + 1) / 10);

/** Null where all calls came to the same, so that nothing can be told. */
export function evaluate(predictions: readonly Prediction[]): Evaluation | null {
  const area = areaOf(predictions);
  if (area === null) return null;
  const curve = calibrationCurve(predictions);
  return {
    ...area,
    calls: predictions.length,
    accepted: predictions.filter(({ isAccepted }) => isAccepted).length,
    calibrationError: calibrationError(curve),
    curve,
    lift10: liftAtTenth(predictions),
    alift: areaOfLift(area.auc, predictions),
    gains: tenths.map((share) => acceptedAmong(predictions, share)),
  };
}
