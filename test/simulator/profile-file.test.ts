import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEW_PROFILES, newProfile, withProfile } from '../../assistant/dialogue/profile/profile.ts';
import { profileFile, ProfileFileError, profilesPath } from '../../simulator/profile-file.ts';
import { talk } from '../support/talk.ts';

describe('profile file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'profiles-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('[TALK-29] what was taught in one drive is known in the next', () => {
    const path = join(folder, 'deep', 'profiles.json');
    const first = talk({ store: profileFile(path) });
    first.say('create a profile for anna');
    first.say('use fahrenheit');
    first.say('when i say beach mode, open the roof', ['sunroof.open']);
    const second = talk({ store: profileFile(path) });
    assert.equal(second.target('Cabin.Infotainment.HMI.TemperatureUnit'), 'F');
    assert.equal(second.say('beach mode').outcomes[0]?.status, 'done');
    assert.match(second.say('who am i').reply, /Anna/);
    assert.deepEqual(readdirSync(join(folder, 'deep')), ['profiles.json']);
    assert.equal(statSync(path).mode & 0o077, 0);
  });

  it('[TALK-29] a file that is not there is empty; a damaged one is refused with its name and what to do', () => {
    const path = join(folder, 'profiles.json');
    assert.deepEqual(profileFile(path).load(), NEW_PROFILES);
    for (const text of ['', '{', '{}', '{"version":2,"current":"a","profiles":[]}', '[1]']) {
      writeFileSync(path, text);
      assert.throws(
        () => profileFile(path).load(),
        (error) =>
          error instanceof ProfileFileError &&
          error.message.includes(path) &&
          error.message.includes('--profiles'),
        text,
      );
    }
  });

  it('[TALK-29] a file that cannot be written says so', () => {
    writeFileSync(join(folder, 'file'), '');
    const store = profileFile(join(folder, 'file', 'profiles.json'));
    assert.throws(() => store.save(withProfile(NEW_PROFILES, newProfile('Anna'))), /--profiles/);
  });

  it("[TALK-29] the file lies in the directory for programs' data", () => {
    assert.equal(profilesPath({ XDG_DATA_HOME: '/data' }, 'linux'), '/data/drivetalk/profiles.json');
    assert.match(profilesPath({}, 'darwin'), /Application Support/);
    assert.match(profilesPath({ APPDATA: '/roaming' }, 'win32'), /^\/roaming/);
  });
});
