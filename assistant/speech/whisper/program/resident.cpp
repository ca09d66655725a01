// Keeps a Whisper model in memory and hears one piece of sound after another: whisper-node's own call loads the
// model again for each file. Links against the same whisper.cpp 1.5.0.
//
//   resident MODEL THREADS
//
// in:   uint32 samples, uint32 audio context (0: all of it), then the samples: float32 mono at 16 kHz; native byte order
// out:  "ready" once; for each piece "word START END CONFIDENCE HEX" (milliseconds, 0 to 1, UTF-8) and then
//       "done MILLISECONDS" or "failed CODE". It ends when its input does.

#include "whisper.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

struct Word {
    std::string text;
    int64_t start = 0;
    int64_t end = 0;
    double log_probability = 0;
    int tokens = 0;
};

static bool read_fully(void * into, size_t bytes) {
    return fread(into, 1, bytes, stdin) == bytes;
}

// What people say in a car is short: no retries at higher temperatures, whose number nobody knows before.
static whisper_full_params parameters(int threads, int audio_context) {
    whisper_full_params given = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
    given.n_threads = threads;
    given.audio_ctx = audio_context;
    given.language = "en";
    given.no_context = true;
    given.temperature_inc = 0.0f;
    given.token_timestamps = true;
    given.suppress_non_speech_tokens = true;
    given.print_progress = false;
    given.print_realtime = false;
    given.print_timestamps = false;
    given.print_special = false;
    return given;
}

// Tokens are pieces of words; one that begins with a space begins a word.
static std::vector<Word> words_of(whisper_context * whisper) {
    std::vector<Word> words;
    const int segments = whisper_full_n_segments(whisper);
    for (int segment = 0; segment < segments; ++segment) {
        const int tokens = whisper_full_n_tokens(whisper, segment);
        for (int token = 0; token < tokens; ++token) {
            const whisper_token_data data = whisper_full_get_token_data(whisper, segment, token);
            if (data.id >= whisper_token_eot(whisper)) continue;
            const std::string text = whisper_full_get_token_text(whisper, segment, token);
            if (text.empty()) continue;
            const bool begins = text[0] == ' ' || words.empty();
            if (begins) {
                words.emplace_back();
                words.back().start = data.t0 * 10;
            }
            Word & word = words.back();
            word.text += text[0] == ' ' ? text.substr(1) : text;
            word.end = data.t1 * 10;
            word.log_probability += std::log(std::max(data.p, 1e-6f));
            word.tokens += 1;
        }
    }
    return words;
}

static void print(const Word & word) {
    if (word.text.empty()) return;
    const double confidence = std::exp(word.log_probability / word.tokens);
    printf("word %lld %lld %.4f ", (long long) word.start, (long long) word.end, confidence);
    for (const unsigned char byte : word.text) printf("%02x", byte);
    printf("\n");
}

int main(int count, char ** arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: resident MODEL THREADS\n");
        return 2;
    }
    const int threads = atoi(arguments[2]);
    whisper_log_set([](ggml_log_level level, const char * text, void *) {
        if (level == GGML_LOG_LEVEL_ERROR) fputs(text, stderr);
    }, nullptr);

    whisper_context * whisper = whisper_init_from_file_with_params(arguments[1], whisper_context_default_params());
    if (whisper == nullptr) return 1;
    printf("ready\n");
    fflush(stdout);

    std::vector<float> samples;
    uint32_t header[2];
    while (read_fully(header, sizeof header)) {
        samples.resize(header[0]);
        if (!read_fully(samples.data(), samples.size() * sizeof(float))) break;
        const int context = std::min((int) header[1], whisper_n_audio_ctx(whisper));
        const auto before = std::chrono::steady_clock::now();
        const int status = whisper_full(whisper, parameters(threads, context), samples.data(), (int) samples.size());
        const auto passed = std::chrono::steady_clock::now() - before;
        if (status == 0) {
            for (const Word & word : words_of(whisper)) print(word);
            printf("done %lld\n", (long long) std::chrono::duration_cast<std::chrono::milliseconds>(passed).count());
        } else {
            printf("failed %d\n", status);
        }
        fflush(stdout);
    }
    whisper_free(whisper);
    return 0;
}
