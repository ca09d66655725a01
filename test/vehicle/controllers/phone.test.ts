import assert from 'node:assert/strict';
import { sense } from '../../support/small-car.ts';
import { talk } from '../../support/talk.ts';

const INCOMING = 'Cabin.Infotainment.Phone.IncomingCall';

describe('vehicle: phone', () => {
  it('[CAR-83] who is calling is told while it rings, afterwards whose call was missed', () => {
    const { say, car } = talk();
    const ask = () => say('who is calling', ['phone.call.query']).reply;
    assert.equal(ask(), 'No missed calls.');
    sense(car, { [INCOMING]: '+12025550103' });
    assert.equal(ask(), 'Mom is calling.');
    car.advance(30_000);
    assert.equal(ask(), 'One missed call, from Mom.');
    sense(car, { [INCOMING]: '+12025550104' });
    assert.equal(ask(), 'Dad is calling.');
    say('take it', ['phone.call.open']);
    assert.equal(ask(), 'One missed call, from Mom.');
  });

  it('[CAR-84] a name is told as the phone book writes it, an unknown one with its capitals', () => {
    const { say } = talk();
    const call = (contact: string) => say(`call ${contact}`, ['phone.call.start', { contact }]).reply;
    assert.equal(call('anna'), 'Which Anna: Anna Berger or Anna Klein?');
    assert.equal(call('my anna'), 'Which Anna: Anna Berger or Anna Klein?');
    assert.equal(call('élodie van dyck'), "I can't find Élodie Van Dyck in your contacts.");
    assert.equal(call('the baker'), "I can't find Baker in your contacts.");
  });
});
