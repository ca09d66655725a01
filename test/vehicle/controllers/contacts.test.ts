import assert from 'node:assert/strict';
import { DEFAULT_CONTACTS, findContacts, namesFor } from '../../../vehicle/controllers/contacts.ts';

describe('vehicle: contacts', () => {
  it('[HEAR-73] people are called by their whole name or the first, not by a title', () => {
    assert.deepEqual(namesFor('Sarah Lindqvist'), ['Sarah Lindqvist', 'Sarah']);
    assert.deepEqual(namesFor('Mom'), ['Mom']);
    assert.deepEqual(namesFor('Doctor Hansen'), ['Doctor Hansen']);
    assert.deepEqual(namesFor('The Office'), ['The Office']);
  });

  it('[HEAR-73] whoever is called so is found', () => {
    for (const contact of DEFAULT_CONTACTS)
      for (const name of namesFor(contact.name))
        assert.ok(findContacts(name, DEFAULT_CONTACTS).includes(contact), name);
  });
});
