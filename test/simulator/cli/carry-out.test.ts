import assert from 'node:assert/strict';
import { carryOut } from '../../../simulator/cli/carry-out.ts';
import { openDrive } from '../../../simulator/open-drive.ts';

describe('what an utterance did', () => {
  it('[CLI-1] in the evening it is not told to have switched the lamps that the car has switched by itself', async () => {
    const drive = await openDrive({ start: Date.UTC(2026, 10, 22, 21), utcOffset: 0 });
    try {
      const { signals } = await carryOut(drive, () => drive.say('open my window', 'driver'));
      assert.deepEqual(
        signals.map(({ path }) => path).filter((path) => !path.includes('.Window.')),
        [],
      );
      assert.ok(signals.length > 0);
      assert.equal(drive.vehicle.read('Vehicle.Body.Lights.Beam.Low.IsOn').value, true);
    } finally {
      await drive.close();
    }
  });
});
