// Generated from assistant/understanding/ontology.yaml by `npm run generate`; edit that file instead.

/** What a command is about. */
export type Target =
  | 'navigation.route'
  | 'navigation.stop'
  | 'navigation.poi'
  | 'navigation.eta'
  | 'navigation.distance'
  | 'navigation.traffic'
  | 'navigation.location'
  | 'navigation.map'
  | 'navigation.guidance'
  | 'climate.power'
  | 'climate.temperature'
  | 'climate.fan'
  | 'climate.ac'
  | 'climate.auto'
  | 'climate.sync'
  | 'climate.recirculation'
  | 'climate.airflow'
  | 'climate.defrost'
  | 'climate.precondition'
  | 'climate.comfort'
  | 'climate.air_quality'
  | 'seat.heating'
  | 'seat.ventilation'
  | 'seat.massage'
  | 'seat.position'
  | 'seat.backrest'
  | 'seat.memory'
  | 'wheel.heating'
  | 'window'
  | 'sunroof'
  | 'sunshade'
  | 'door'
  | 'trunk'
  | 'frunk'
  | 'mirror'
  | 'child_lock'
  | 'charge_port'
  | 'horn'
  | 'light.headlight'
  | 'light.high_beam'
  | 'light.fog'
  | 'light.hazard'
  | 'light.interior'
  | 'light.ambient'
  | 'display.brightness'
  | 'wiper'
  | 'wiper.washer'
  | 'media.playback'
  | 'media.seek'
  | 'media.shuffle'
  | 'media.repeat'
  | 'media.favorite'
  | 'media.radio'
  | 'media.source'
  | 'media.volume'
  | 'media.equalizer'
  | 'phone.call'
  | 'phone.redial'
  | 'phone.microphone'
  | 'phone.contact'
  | 'phone.speaker'
  | 'phone.bluetooth'
  | 'message'
  | 'drive.cruise'
  | 'drive.mode'
  | 'drive.limiter'
  | 'drive.lane_assist'
  | 'drive.parking'
  | 'drive.regeneration'
  | 'drive.power'
  | 'energy.charging'
  | 'energy.range'
  | 'energy.consumption'
  | 'vehicle.tyres'
  | 'vehicle.status'
  | 'vehicle.service'
  | 'vehicle.trip'
  | 'weather'
  | 'clock'
  | 'calendar'
  | 'reminder'
  | 'news'
  | 'question'
  | 'dialogue.affirm'
  | 'dialogue.deny'
  | 'dialogue.cancel'
  | 'dialogue.undo'
  | 'dialogue.repeat'
  | 'dialogue.again'
  | 'dialogue.correct'
  | 'dialogue.choose'
  | 'dialogue.why'
  | 'dialogue.help'
  | 'dialogue.greet'
  | 'dialogue.thanks'
  | 'none.out_of_scope'
  | 'none.silence';

/** What is to be done with it. */
export type Operation =
  | 'on'
  | 'off'
  | 'open'
  | 'close'
  | 'lock'
  | 'unlock'
  | 'set'
  | 'increase'
  | 'decrease'
  | 'start'
  | 'stop'
  | 'pause'
  | 'resume'
  | 'next'
  | 'previous'
  | 'add'
  | 'remove'
  | 'select'
  | 'query';

/** A label `target.operation`. */
export const INTENTS = [
  'navigation.route.start',
  'navigation.route.stop',
  'navigation.route.set',
  'navigation.route.query',
  'navigation.stop.add',
  'navigation.stop.remove',
  'navigation.poi.query',
  'navigation.eta.query',
  'navigation.distance.query',
  'navigation.traffic.query',
  'navigation.location.query',
  'navigation.location.add',
  'navigation.map.increase',
  'navigation.map.decrease',
  'navigation.map.set',
  'navigation.guidance.on',
  'navigation.guidance.off',
  'climate.power.on',
  'climate.power.off',
  'climate.temperature.set',
  'climate.temperature.increase',
  'climate.temperature.decrease',
  'climate.temperature.query',
  'climate.fan.on',
  'climate.fan.off',
  'climate.fan.set',
  'climate.fan.increase',
  'climate.fan.decrease',
  'climate.fan.query',
  'climate.ac.on',
  'climate.ac.off',
  'climate.auto.on',
  'climate.auto.off',
  'climate.sync.on',
  'climate.sync.off',
  'climate.recirculation.on',
  'climate.recirculation.off',
  'climate.airflow.set',
  'climate.defrost.on',
  'climate.defrost.off',
  'climate.precondition.start',
  'climate.precondition.stop',
  'climate.comfort.increase',
  'climate.comfort.decrease',
  'climate.air_quality.increase',
  'climate.air_quality.query',
  'seat.heating.on',
  'seat.heating.off',
  'seat.heating.set',
  'seat.heating.increase',
  'seat.heating.decrease',
  'seat.ventilation.on',
  'seat.ventilation.off',
  'seat.ventilation.set',
  'seat.ventilation.increase',
  'seat.ventilation.decrease',
  'seat.massage.on',
  'seat.massage.off',
  'seat.massage.set',
  'seat.massage.increase',
  'seat.massage.decrease',
  'seat.position.set',
  'seat.position.increase',
  'seat.position.decrease',
  'seat.backrest.set',
  'seat.backrest.increase',
  'seat.backrest.decrease',
  'seat.memory.set',
  'seat.memory.add',
  'wheel.heating.on',
  'wheel.heating.off',
  'wheel.heating.set',
  'window.open',
  'window.close',
  'window.set',
  'window.query',
  'sunroof.open',
  'sunroof.close',
  'sunroof.set',
  'sunshade.open',
  'sunshade.close',
  'sunshade.set',
  'door.open',
  'door.close',
  'door.lock',
  'door.unlock',
  'door.query',
  'trunk.open',
  'trunk.close',
  'trunk.lock',
  'trunk.unlock',
  'trunk.query',
  'frunk.open',
  'frunk.close',
  'mirror.open',
  'mirror.close',
  'mirror.set',
  'child_lock.on',
  'child_lock.off',
  'charge_port.open',
  'charge_port.close',
  'horn.start',
  'light.headlight.on',
  'light.headlight.off',
  'light.headlight.set',
  'light.high_beam.on',
  'light.high_beam.off',
  'light.high_beam.set',
  'light.fog.on',
  'light.fog.off',
  'light.hazard.on',
  'light.hazard.off',
  'light.interior.on',
  'light.interior.off',
  'light.interior.set',
  'light.interior.increase',
  'light.interior.decrease',
  'light.ambient.on',
  'light.ambient.off',
  'light.ambient.set',
  'light.ambient.increase',
  'light.ambient.decrease',
  'display.brightness.set',
  'display.brightness.increase',
  'display.brightness.decrease',
  'wiper.on',
  'wiper.off',
  'wiper.set',
  'wiper.increase',
  'wiper.decrease',
  'wiper.washer.start',
  'media.playback.start',
  'media.playback.pause',
  'media.playback.resume',
  'media.playback.stop',
  'media.playback.next',
  'media.playback.previous',
  'media.playback.query',
  'media.seek.increase',
  'media.seek.decrease',
  'media.shuffle.on',
  'media.shuffle.off',
  'media.repeat.on',
  'media.repeat.off',
  'media.favorite.add',
  'media.favorite.remove',
  'media.radio.start',
  'media.radio.next',
  'media.radio.previous',
  'media.source.set',
  'media.volume.on',
  'media.volume.off',
  'media.volume.set',
  'media.volume.increase',
  'media.volume.decrease',
  'media.volume.query',
  'media.equalizer.set',
  'media.equalizer.increase',
  'media.equalizer.decrease',
  'phone.call.start',
  'phone.call.stop',
  'phone.call.open',
  'phone.call.close',
  'phone.call.query',
  'phone.redial.start',
  'phone.microphone.on',
  'phone.microphone.off',
  'phone.contact.query',
  'phone.speaker.on',
  'phone.speaker.off',
  'phone.bluetooth.on',
  'phone.bluetooth.off',
  'phone.bluetooth.query',
  'message.start',
  'message.query',
  'drive.cruise.on',
  'drive.cruise.off',
  'drive.cruise.set',
  'drive.cruise.increase',
  'drive.cruise.decrease',
  'drive.cruise.resume',
  'drive.mode.set',
  'drive.mode.query',
  'drive.limiter.on',
  'drive.limiter.off',
  'drive.limiter.set',
  'drive.lane_assist.on',
  'drive.lane_assist.off',
  'drive.lane_assist.query',
  'drive.parking.start',
  'drive.parking.stop',
  'drive.regeneration.set',
  'drive.regeneration.increase',
  'drive.regeneration.decrease',
  'drive.power.on',
  'drive.power.off',
  'energy.charging.start',
  'energy.charging.stop',
  'energy.charging.set',
  'energy.charging.query',
  'energy.range.query',
  'energy.consumption.query',
  'vehicle.tyres.query',
  'vehicle.status.query',
  'vehicle.service.query',
  'vehicle.service.add',
  'vehicle.trip.query',
  'vehicle.trip.stop',
  'weather.query',
  'clock.query',
  'calendar.add',
  'calendar.remove',
  'calendar.query',
  'reminder.add',
  'reminder.remove',
  'reminder.query',
  'news.query',
  'question.query',
  'dialogue.affirm.select',
  'dialogue.deny.select',
  'dialogue.cancel.select',
  'dialogue.undo.select',
  'dialogue.repeat.select',
  'dialogue.again.select',
  'dialogue.correct.select',
  'dialogue.choose.select',
  'dialogue.why.query',
  'dialogue.help.query',
  'dialogue.greet.select',
  'dialogue.thanks.select',
  'none.out_of_scope.select',
  'none.silence.select',
] as const;
export type Intent = (typeof INTENTS)[number];

export type SlotName =
  | 'zone'
  | 'side'
  | 'temperature'
  | 'amount'
  | 'level'
  | 'position'
  | 'direction'
  | 'channel'
  | 'destination'
  | 'poi_category'
  | 'poi_name'
  | 'poi_attribute'
  | 'waypoint'
  | 'origin'
  | 'route_option'
  | 'road'
  | 'song'
  | 'artist'
  | 'album'
  | 'genre'
  | 'playlist'
  | 'podcast'
  | 'station'
  | 'frequency'
  | 'source'
  | 'contact'
  | 'phone_type'
  | 'phone_number'
  | 'message_text'
  | 'app'
  | 'color'
  | 'mode'
  | 'speed'
  | 'duration'
  | 'datetime'
  | 'ordinal'
  | 'item';

/** Allowed values of the slots that have a closed set. */
export const SLOT_VALUES = {
  zone: ["speaker","driver","passenger","front","rear_left","rear_right","rear","third_row","all"],
  side: ["left","right","both"],
  direction: ["up","down","forward","back","left","right","face","feet","windshield","front","rear"],
  channel: ["media","navigation","phone","voice","alerts"],
  route_option: ["fastest","shortest","eco","avoid_tolls","avoid_highways","avoid_ferries","avoid_traffic"],
  source: ["radio","bluetooth","usb","streaming","podcast","audiobook","video"],
  phone_type: ["mobile","home","work"],
} as const;

/** Coarse class of an intent. */
export type Domain =
  | 'navigation'
  | 'climate_control'
  | 'vehicle'
  | 'media'
  | 'phone'
  | 'information'
  | 'dialogue'
  | 'silence';
