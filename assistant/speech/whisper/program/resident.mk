# Read after whisper.cpp's own Makefile, whose compilers, flags and objects it uses.
resident: resident.cpp $(WHISPER_OBJ)
	$(CXX) $(CXXFLAGS) resident.cpp $(WHISPER_OBJ) -o resident $(LDFLAGS)
